/** The command against Temporal's in-memory server and a run whose every move the test decides. */
@NullMarked
package io.lifeboat.starter;

import org.jspecify.annotations.NullMarked;
