/** Smoke tests of a region before traffic goes there. */
@NullMarked
package io.lifeboat.workflow.verification;

import org.jspecify.annotations.NullMarked;
