/** The site: how the worker reaches each region and each provider. Comes from the worker's configuration. */
@NullMarked
package io.lifeboat.activity.site;

import org.jspecify.annotations.NullMarked;
