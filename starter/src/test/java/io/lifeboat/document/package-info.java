/** What is written beside the code (documents, compose file, manifests) holds against the code. */
@NullMarked
package io.lifeboat.document;

import org.jspecify.annotations.NullMarked;
