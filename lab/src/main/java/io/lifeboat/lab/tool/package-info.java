/**
 * Where the lab's tools come from: a setting, the search path, the lab's own cache, or the package that
 * {@code tools.lock} pins by version and hash.
 */
@NullMarked
package io.lifeboat.lab.tool;

import org.jspecify.annotations.NullMarked;
