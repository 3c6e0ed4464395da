/** {@code bench/failover}: the same outage recovered by a plain script and by Lifeboat, in turn, judged by the same client. */
@NullMarked
package io.lifeboat.lab.bench;

import org.jspecify.annotations.NullMarked;
