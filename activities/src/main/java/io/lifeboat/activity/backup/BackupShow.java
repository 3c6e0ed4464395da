package io.lifeboat.activity.backup;

import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.backup.BackupActivities.Showing;
import io.lifeboat.workflow.backup.BackupDetail;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the first manifest says that can be read and trusted, and in which places the backup is. */
final class BackupShow {
    private final BackupChains chains;
    private final Showing request;
    private final BackupShelf shelf;
    private final List<BackupDetail.Place> places = new ArrayList<>();
    private Optional<Manifest> manifest = Optional.empty();
    private Optional<FailureType> worst = Optional.empty();

    BackupShow(BackupChains chains, BackupCatalog catalog, Showing request) {
        this.chains = chains;
        this.request = request;
        this.shelf = new BackupShelf(catalog, request.service(), request.datastore(), request.policy());
    }

    BackupDetail show() {
        request.policy().places().forEach(this::look);
        Manifest known = manifest.orElseThrow(this::unknown);
        return new BackupDetail(
                1,
                known.service(),
                known.datastore(),
                request.policy().name(),
                known.id(),
                known.method(),
                known.began(),
                known.ended(),
                known.source(),
                known.tools(),
                known.encryption(),
                known.holders(),
                known.parts().stream()
                        .map(part -> new BackupDetail.Part(
                                part.name(),
                                part.holds(),
                                part.sums().plainBytes(),
                                part.sums().sealedBytes(),
                                part.sums().sealedSha256()))
                        .toList(),
                known.contents().stream()
                        .map(content -> new BackupDetail.Content(content.name(), content.rows(), content.checksum()))
                        .toList(),
                known.previous().map(Manifest.Previous::id),
                known.retainUntil(),
                places);
    }

    private void look(BucketPlace in) {
        try {
            Optional<BackupCatalog.Entry> entry = shelf.list(in).stream()
                    .filter(BackupCatalog.Entry::exists)
                    .filter(e -> e.id().equals(request.id()))
                    .findFirst();
            places.add(place(in, entry.isPresent() ? "there" : "missing", entry));
            if (entry.isPresent() && manifest.isEmpty()) {
                manifest = Optional.of(BackupFailures.named(
                        "read the manifest of " + request.id(),
                        () -> chains.of(request.policy().dataClass(), bytes -> {})
                                .manifest(shelf.place(in), request.id())));
            }
        } catch (ApplicationFailure failure) {
            places.removeIf(place ->
                    place.region().equals(in.region()) && place.bucket().equals(in.bucket()));
            places.add(place(in, failure.getOriginalMessage(), Optional.empty()));
            worst = worst.or(() -> Optional.of(FailureType.of(failure)));
        }
    }

    private static BackupDetail.Place place(BucketPlace in, String seen, Optional<BackupCatalog.Entry> entry) {
        return new BackupDetail.Place(in.region(), in.bucket(), seen, entry.flatMap(BackupCatalog.Entry::proven));
    }

    private ApplicationFailure unknown() {
        String seen = String.join(
                "; ",
                places.stream()
                        .map(place -> place.region() + ": " + place.seen())
                        .toList());
        return worst.orElse(FailureType.TARGET_NOT_FOUND)
                .failure("Cannot show backup " + request.id() + " of " + request.service() + "/" + request.datastore()
                        + ": " + seen + ". See what there is with 'lifeboat backups list " + request.service() + "'.");
    }
}
