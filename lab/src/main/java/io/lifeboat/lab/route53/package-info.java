/**
 * A strict stand-in for Amazon Route 53: the part of its HTTP API that moves traffic, as the AWS SDK speaks it, and
 * authoritative name servers that answer by weight and health. What Route 53 refuses is refused here in its words, and
 * name servers learn of an accepted change only once it has propagated. The HTTP side can be taken away while the name
 * servers go on answering, which is how the real service has failed.
 */
@NullMarked
package io.lifeboat.lab.route53;

import org.jspecify.annotations.NullMarked;
