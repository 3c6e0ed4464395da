/**
 * The one way in which the lab's own processes answer HTTP: the JDK's server, a virtual thread a request, JSON in and
 * out, no framework, so that a process is up in a fraction of a second.
 */
@NullMarked
package io.lifeboat.lab.http;

import org.jspecify.annotations.NullMarked;
