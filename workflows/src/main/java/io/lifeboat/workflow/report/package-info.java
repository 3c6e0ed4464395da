/** What a run leaves behind: one model, rendered as JSON, HTML, Markdown and terminal text. */
@NullMarked
package io.lifeboat.workflow.report;

import org.jspecify.annotations.NullMarked;
