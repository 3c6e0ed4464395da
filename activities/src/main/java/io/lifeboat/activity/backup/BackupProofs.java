package io.lifeboat.activity.backup;

import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.activity.storage.Upload;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.workflow.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down, signed and beside the backup, that a restore has proven it. */
public final class BackupProofs {
    private static final String TYPE = "application/vnd.lifeboat.proof+json";

    private final BackupChains chains;

    public BackupProofs(BackupChains chains) {
        this.chains = chains;
    }

    /** @param run the run whose history shows the restore */
    private record Proof(int schemaVersion, String service, String datastore, String id, Instant proven, String run) {}

    /**
     * Writes the proof in every place that has the backup: its copies are the same, byte for byte. Again, it replaces it by the same.
     *
     * @return the regions of those places; a place that does not answer is left out, {@code UNAVAILABLE} when none does
     */
    public List<String> write(
            String service, String datastore, BackupPolicy policy, String id, Instant proven, String run) {
        byte[] envelope = chains.seal().seal(TYPE, new Proof(1, service, datastore, id, proven, run));
        BackupShelf shelf = new BackupShelf(new BackupCatalog(chains::store), service, datastore, policy);
        List<String> regions = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (BucketPlace in : policy.places()) {
            try {
                if (shelf.list(in).stream().filter(Entry::exists).anyMatch(e -> e.id().equals(id))) {
                    write(shelf.place(in), id, proven, envelope);
                    regions.add(in.region());
                }
            } catch (ApplicationFailure failure) {
                silent.add(failure.getOriginalMessage());
            }
        }
        if (regions.isEmpty()) {
            throw FailureType.UNAVAILABLE.failure(
                    "Cannot write the proof of " + id + ": no place that has it answers. " + String.join(" ", silent));
        }
        return regions;
    }

    private void write(BackupPlace place, String id, Instant proven, byte[] envelope) {
        try (Upload upload =
                chains.store(place.region()).create(place.bucket(), place.proofKey(id, proven), Optional.empty())) {
            upload.write(envelope);
            upload.complete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
