package io.lifeboat.activity.encryption;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keys that bear no date, as their owner has dated them: age keys, the escrow's, and those that sign.
 *
 * @param since when each holder's key came into use, its day in UTC
 */
public record DatedKeys(Map<String, LocalDate> since) implements KeyAges {
    public DatedKeys {
        since = Map.copyOf(since);
    }

    @Override
    public List<KeyAge> read() {
        return new TreeMap<>(since)
                .entrySet().stream()
                        .<KeyAge>map(dated -> new KeyAge.Known(
                                dated.getKey(),
                                dated.getKey(),
                                dated.getValue().atStartOfDay(ZoneOffset.UTC).toInstant()))
                        .toList();
    }
}
