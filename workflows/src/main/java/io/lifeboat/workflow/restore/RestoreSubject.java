package io.lifeboat.workflow.restore;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.restore.RestoreActivities.Choosing;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The datastore that a restore test is about, with the policy whose backups it restores. */
record RestoreSubject(String service, Datastore datastore, BackupPolicy policy, List<SmokeTest.Sql> checks) {

    /**
     * One for each policy that can go back to any moment, of the first datastore that has one; {@code TARGET_NOT_FOUND} or
     * {@code PRECONDITION_FAILED} where the runbook has none.
     */
    static List<RestoreSubject> ofOneDatastore(Runbook runbook, RestoreRequest request) {
        List<RestoreSubject> fitting = fitting(runbook, request, BackupPolicy::toAnyMoment);
        if (fitting.isEmpty()) {
            throw none(
                    runbook,
                    request,
                    "to a point in time",
                    " with method `basebackup` and an `archive` or `pgbackrest`",
                    "Add one, or prove a backup as it is, by SmokeRestore: 'lifeboat backups prove " + runbook.service()
                            + " --as-it-is'.");
        }
        String first = fitting.getFirst().datastore().name();
        return fitting.stream()
                .filter(subject -> subject.datastore().name().equals(first))
                .toList();
    }

    /**
     * One for each policy whose backups are whole; {@code TARGET_NOT_FOUND} or {@code PRECONDITION_FAILED} where the runbook has none.
     */
    static List<RestoreSubject> all(Runbook runbook, RestoreRequest request) {
        List<RestoreSubject> fitting = fitting(runbook, request, BackupPolicy::whole);
        if (fitting.isEmpty()) {
            throw none(runbook, request, "as it is", " that takes whole backups", "Add one.");
        }
        return fitting;
    }

    /**
     * What is asked for of it.
     *
     * @param at a moment to go back to; absent for a backup as it is
     * @param older how many newer ones are passed over
     */
    Choosing choosing(RestoreRequest request, Optional<Instant> at, int older) {
        return new Choosing(service, datastore, policy, RestoreRequest.text(request.id()), at, older);
    }

    private static List<RestoreSubject> fitting(
            Runbook runbook, RestoreRequest request, Predicate<BackupPolicy> wanted) {
        Optional<String> name = RestoreRequest.text(request.datastore());
        name.ifPresent(wantedName -> named(runbook, wantedName));
        return runbook.datastores().stream()
                .filter(datastore -> name.map(datastore.name()::equals).orElse(true))
                .flatMap(datastore -> datastore.backups().stream()
                        .filter(wanted)
                        .filter(policy -> request.isAbout(policy.name()))
                        .map(policy ->
                                new RestoreSubject(runbook.service(), datastore, policy, checks(runbook, datastore))))
                .toList();
    }

    private static ApplicationFailure none(
            Runbook runbook, RestoreRequest request, String how, String missing, String advice) {
        Optional<String> id = RestoreRequest.text(request.id());
        String of = runbook.service()
                + RestoreRequest.text(request.datastore())
                        .map(name -> "/" + name)
                        .orElse("");
        return FailureType.PRECONDITION_FAILED.failure("Cannot restore "
                + id.map(asked -> "backup " + asked).orElse("a backup") + " of \"" + of
                + "\" in an isolated instance " + how + ": its runbook has no policy"
                + id.map(asked -> " of that backup's name").orElse("") + missing + ". "
                + id.map(asked -> "See what there is with 'lifeboat backups list " + runbook.service() + "'.")
                        .orElse(advice));
    }

    /** The datastore of that name, or the only one there is; {@code TARGET_NOT_FOUND} otherwise. */
    static Datastore datastore(Runbook runbook, Optional<String> wanted) {
        if (wanted.isEmpty() && runbook.datastores().size() == 1) {
            return runbook.datastores().getFirst();
        }
        return named(runbook, wanted.orElse(""));
    }

    private static Datastore named(Runbook runbook, String name) {
        return runbook.datastores().stream()
                .filter(datastore -> datastore.name().equals(name))
                .findFirst()
                .orElseThrow(() -> FailureType.TARGET_NOT_FOUND.failure("Cannot find datastore \"" + name + "\" of \""
                        + runbook.service() + "\": its runbook has "
                        + runbook.datastores().stream().map(Datastore::name).toList() + ". Name one of them."));
    }

    /** The SQL smoke tests of a datastore. */
    static List<SmokeTest.Sql> checks(Runbook runbook, Datastore datastore) {
        return runbook.smokeTests().stream()
                .filter(SmokeTest.Sql.class::isInstance)
                .map(SmokeTest.Sql.class::cast)
                .filter(test -> test.datastore().equals(datastore.name()))
                .toList();
    }
}
