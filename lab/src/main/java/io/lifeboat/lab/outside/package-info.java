/** What lies outside both regions: the DNS provider, the fence agents, and the client who judges. */
@NullMarked
package io.lifeboat.lab.outside;

import org.jspecify.annotations.NullMarked;
