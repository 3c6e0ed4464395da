package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.manifest.EnvelopeSeal;
import io.lifeboat.activity.manifest.UntrustedManifestException;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.Upload;
import io.lifeboat.workflow.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** Which gaps in a log people have accepted: each for one end of the archive, signed, and kept for whoever asks later. */
record WalGaps(BackupPlace place, WalKeys keys, LargeObjects store, EnvelopeSeal seal) {
    private static final String TYPE = "application/vnd.lifeboat.gap+json";

    private record Accepted(
            int schemaVersion,
            String service,
            String datastore,
            String systemIdentifier,
            long timeline,
            String position,
            String by,
            String reason,
            Instant at) {
        private boolean isOf(BackupPlace place, String system, long timeline, Lsn position) {
            return service.equals(place.service())
                    && datastore.equals(place.datastore())
                    && systemIdentifier.equals(system)
                    && this.timeline == timeline
                    && this.position.equals(position.toString());
        }
    }

    /** @param position the archive ends before the byte there */
    void accept(String systemIdentifier, long timeline, Lsn position, String by, String reason, Instant at) {
        byte[] envelope = seal.seal(
                TYPE,
                new Accepted(
                        1,
                        place.service(),
                        place.datastore(),
                        systemIdentifier,
                        timeline,
                        position.toString(),
                        by,
                        reason,
                        at));
        String key = keys.gap(systemIdentifier, timeline, position);
        try (Upload upload = store.create(place.bucket(), key, Optional.empty())) {
            upload.write(envelope);
            upload.complete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who has accepted that the log is missing from there on; empty when nobody whose signature is trusted has. */
    Optional<String> acceptedBy(String systemIdentifier, long timeline, Lsn position) throws IOException {
        try (InputStream stored = store.open(place.bucket(), keys.gap(systemIdentifier, timeline, position))) {
            Accepted accepted = seal.open(TYPE, stored.readAllBytes(), Accepted.class);
            return Optional.of(accepted)
                    .filter(gap -> gap.isOf(place, systemIdentifier, timeline, position))
                    .map(Accepted::by);
        } catch (UntrustedManifestException e) {
            return Optional.empty();
        } catch (ApplicationFailure e) {
            if (FailureType.TARGET_NOT_FOUND.is(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
