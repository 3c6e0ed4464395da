package io.lifeboat.runbook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written with a unit: {@code 1kB} is 1000 bytes, {@code 1KiB} is 1024. */
public record DataSize(@JsonValue String text) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})(kB|MB|GB|KiB|MiB|GiB)");
    private static final Map<String, Long> UNITS = Map.of(
            "kB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    /** An {@link IllegalArgumentException} says which form the text must have. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DataSize {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a size. Write it with a unit, such as 1kB, 20MB or 4GiB.");
        }
    }

    public long bytes() {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("a size that its own constructor refuses: " + text);
        }
        return Long.parseLong(parts.group(1)) * UNITS.getOrDefault(parts.group(2), 1L);
    }
}
