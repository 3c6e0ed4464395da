/** DNS zones at Amazon Route 53. */
@NullMarked
package io.lifeboat.activity.dns.route53;

import org.jspecify.annotations.NullMarked;
