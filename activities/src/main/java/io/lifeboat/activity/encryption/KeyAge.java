package io.lifeboat.activity.encryption;

import java.time.Duration;
import java.time.Instant;

/** How long a holder's key has been in use. */
public sealed interface KeyAge {
    /** Whose key it is, as {@link Encryption#holders()} names it. */
    String holder();

    /** The key's name, which is no secret. */
    String key();

    /** @param since when its material was made, or last rotated */
    record Known(String holder, String key, Instant since) implements KeyAge {
        public Duration at(Instant now) {
            return Duration.between(since, now);
        }

        /** Whether it has to be rotated: at the limit, not after it. */
        public boolean isDue(Instant now, Duration limit) {
            return isDue(at(now), limit);
        }

        static boolean isDue(Duration age, Duration limit) {
            return age.compareTo(limit) >= 0;
        }
    }

    /** @param why what was seen in place of a date */
    record Unknown(String holder, String key, String why) implements KeyAge {}
}
