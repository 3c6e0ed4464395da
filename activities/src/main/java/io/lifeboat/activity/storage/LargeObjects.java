package io.lifeboat.activity.storage;

import io.lifeboat.runbook.Tiers;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Objects that are streamed because no memory holds them. Calls fail with {@code UNAVAILABLE} when the store does not answer,
 * and with {@code TARGET_NOT_FOUND} when it says that there is no such bucket or object.
 */
public interface LargeObjects {
    /**
     * Begins an object, which exists only once {@link Upload#complete()} has returned. It replaces what was there under the key,
     * so that doing it twice leaves one object.
     */
    Upload create(String bucket, String key, Optional<Lock> lock);

    /** Reads an object from its beginning; the caller closes. */
    InputStream open(String bucket, String key) throws IOException;

    /** What is stored under a prefix, in ascending order of the keys, of completed objects only. */
    List<ListedObject> list(String bucket, String prefix);

    /** The names of the folders right below a prefix that ends with a slash, in ascending order. */
    default List<String> folders(String bucket, String prefix) {
        return list(bucket, prefix).stream()
                .map(object -> object.key().substring(prefix.length()))
                .filter(rest -> rest.indexOf('/') > 0)
                .map(rest -> rest.substring(0, rest.indexOf('/')))
                .distinct()
                .sorted()
                .toList();
    }

    /** What is stored in neighbouring folders below a prefix that ends with a slash, from one of them to another one. */
    default List<ListedObject> list(String bucket, String prefix, String firstFolder, String lastFolder) {
        return list(bucket, prefix).stream()
                .filter(object -> isBetween(object.key(), prefix + firstFolder, prefix + lastFolder + "/"))
                .toList();
    }

    private static boolean isBetween(String key, String first, String last) {
        return key.compareTo(first) >= 0 && (key.compareTo(last) <= 0 || key.startsWith(last));
    }

    /** Removes an object; nothing happens where there is none. */
    void delete(String bucket, String key);

    /**
     * Ends uploads that were begun under the prefix before an instant and never completed, whose parts are stored and paid for.
     *
     * @return their keys
     */
    List<String> abandon(String bucket, String prefix, Instant begunBefore);

    /** The same objects; what is written through this is stored in cheaper ways as it ages, once {@link #tier} has said so. */
    default LargeObjects aging(Tiers ages) {
        return this;
    }

    /**
     * Lets the store move what is written through {@link #aging} as it gets older. Again, it changes nothing. A store that knows one way of
     * storing only leaves everything where it is.
     */
    default void tier(String bucket, Tiers ages) {}

    /** An object as a listing shows it. */
    record ListedObject(String key, long bytes, Instant modified) {}

    /** Until when nobody may remove the object; {@code COMPLIANCE} binds the account's owner, too (S3 Object Lock). */
    record Lock(Mode mode, Instant until) {
        /** The two modes of S3 Object Lock. */
        public enum Mode {
            GOVERNANCE,
            COMPLIANCE
        }
    }
}
