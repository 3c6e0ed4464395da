package io.lifeboat.starter;

import java.time.Clock;

/** What every verb works with. */
record Session(Console console, Temporal temporal, Clock clock) {}
