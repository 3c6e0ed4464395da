package io.lifeboat.workflow.backup;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.workflow.FailureType;
import java.util.List;
import java.util.Optional;

/** Finds what a request means in the runbook. */
public final class BackupSelection {
    private BackupSelection() {}

    /** A datastore with one of its policies. */
    public record Selected(Datastore datastore, BackupPolicy policy) {}

    /** The datastores that are backed up, or the one that is asked for; {@code TARGET_NOT_FOUND} where there is none. */
    public static List<Datastore> datastores(Runbook runbook, Optional<String> wanted) {
        List<Datastore> all = runbook.datastores();
        if (wanted.isPresent() && all.stream().noneMatch(d -> d.name().equals(wanted.get()))) {
            throw FailureType.TARGET_NOT_FOUND.failure("Cannot find datastore \"" + wanted.get() + "\" of \""
                    + runbook.service() + "\": its runbook has "
                    + quoted(all.stream().map(Datastore::name).toList()) + ". Name one of them.");
        }
        List<Datastore> backedUp = all.stream()
                .filter(d -> wanted.map(d.name()::equals).orElse(true))
                .filter(d -> !d.backups().isEmpty())
                .toList();
        if (backedUp.isEmpty()) {
            throw FailureType.PRECONDITION_FAILED.failure("Cannot find backups of \"" + runbook.service()
                    + wanted.map(w -> "/" + w).orElse("")
                    + "\": its runbook has no `backups` there. Add a policy to the datastore.");
        }
        return backedUp;
    }

    /** The policy that a backup's id names; {@code TARGET_NOT_FOUND} where the runbook has none of that name. */
    public static Selected policy(Runbook runbook, Optional<String> wantedDatastore, String id) {
        List<Selected> fitting = datastores(runbook, wantedDatastore).stream()
                .flatMap(d -> d.backups().stream().map(p -> new Selected(d, p)))
                .filter(s -> id.endsWith("-" + s.policy().name()))
                .toList();
        if (fitting.isEmpty()) {
            throw FailureType.TARGET_NOT_FOUND.failure("Cannot find backup \"" + id + "\" of \"" + runbook.service()
                    + "\": no policy of its runbook makes such an id, which looks like 20261121T020000Z-nightly."
                    + " See them with 'lifeboat backups list " + runbook.service() + "'.");
        }
        if (fitting.size() > 1) {
            throw FailureType.INVALID_REQUEST.failure("Cannot tell which datastore's backup \"" + id + "\" is meant: "
                    + quoted(fitting.stream().map(s -> s.datastore().name()).toList())
                    + " have a policy of that name. Name the datastore.");
        }
        return fitting.getFirst();
    }

    private static String quoted(List<String> names) {
        return names.isEmpty() ? "none" : "\"" + String.join("\", \"", names) + "\"";
    }
}
