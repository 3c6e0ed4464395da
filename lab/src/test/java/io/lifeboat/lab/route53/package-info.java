/** How the lab's Route 53 behaves, and one contract that other stand-ins are held against. */
@NullMarked
package io.lifeboat.lab.route53;

import org.jspecify.annotations.NullMarked;
