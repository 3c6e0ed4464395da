package io.lifeboat.activity.metric;

import io.lifeboat.activity.encryption.KeyAge;
import io.lifeboat.activity.encryption.KeyAges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the services that keep the backups' keys how old these are, again and again. What the newest look did not find out is not
 * known.
 */
public final class KeyAgeWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KeyAgeWatch.class);

    private final Map<String, KeyAges> classes;
    private final Duration every;
    private final Duration onceMissing;
    private volatile List<KeyFigures> newest = List.of();
    private List<String> lastSaid = List.of();
    private @Nullable Thread looks;

    /**
     * @param classes those of each data class
     * @param every from one look to the next: keys age slowly, and each look is a few calls
     * @param onceMissing the same after a look in which a key did not tell its age
     */
    public KeyAgeWatch(Map<String, KeyAges> classes, Duration every, Duration onceMissing) {
        this.classes = new TreeMap<>(classes);
        this.every = every;
        this.onceMissing = onceMissing;
    }

    /** Begins the first look at once; it ends only with {@link #close}. */
    public void start() {
        looks = Thread.ofVirtual().name("key-age-watch").start(this::run);
    }

    /** What the newest look has found; nothing before the first has ended. */
    public List<KeyFigures> figures() {
        return newest;
    }

    @Override
    public void close() {
        Thread begun = looks;
        if (begun != null) {
            begun.interrupt();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                boolean missing = newest.stream().anyMatch(key -> key.age() instanceof KeyAge.Unknown);
                Thread.sleep(missing ? onceMissing : every); // the interval between two looks; close() interrupts it
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look in the thread of the caller. */
    void look() {
        List<KeyFigures> found = new ArrayList<>();
        classes.forEach((name, ages) -> ages.read().forEach(age -> found.add(new KeyFigures(name, age))));
        newest = List.copyOf(found);
        sayOnce(found.stream()
                .filter(key -> key.age() instanceof KeyAge.Unknown)
                .map(key -> "of " + key.dataClass() + ", " + key.age())
                .toList());
    }

    private void sayOnce(List<String> unknown) {
        if (!unknown.isEmpty() && !unknown.equals(lastSaid)) {
            log.warn("The ages of these keys of backups are not known: {}", unknown);
        }
        lastSaid = unknown;
    }
}
