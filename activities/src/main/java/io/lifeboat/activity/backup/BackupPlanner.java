package io.lifeboat.activity.backup;

import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.workflow.backup.BackupPlan;
import io.lifeboat.workflow.backup.BackupPlan.Due;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides which policies are due. */
final class BackupPlanner {
    /**
     * A run does not know when the next one comes, so it takes what would be overdue by then: a nightly run takes a weekly backup in
     * the night before it is a week old. A policy that is served more often than every 24 h is given three quarters of its interval.
     */
    private static final Duration LEAD = Duration.ofHours(18);

    private final BackupCatalog catalog;
    private final String service;
    /** Those that could not be read, and why: each is waited for once in a plan. */
    private final Map<BucketPlace, String> unreadable = new HashMap<>();

    BackupPlanner(BackupCatalog catalog, String service) {
        this.catalog = catalog;
        this.service = service;
    }

    /** The policies that tolerate the least loss come first. */
    BackupPlan plan(List<Datastore> datastores, Instant slot, boolean all) {
        List<Due> due = new ArrayList<>();
        List<String> notDue = new ArrayList<>();
        for (Datastore datastore : datastores) {
            for (BackupPolicy policy : datastore.backups()) {
                Optional<String> reason = all ? Optional.empty() : reasonToWait(datastore, policy, slot);
                reason.ifPresentOrElse(
                        notDue::add,
                        () -> due.add(new Due(datastore, policy, new BackupId(slot, policy.name()).toString())));
            }
        }
        due.sort(Comparator.comparing(d -> d.policy().every()));
        return new BackupPlan(due, notDue);
    }

    private Optional<String> reasonToWait(Datastore datastore, BackupPolicy policy, Instant slot) {
        Duration wait = wait(policy.every());
        return newest(datastore, policy)
                .filter(newest -> newest.slot().plus(wait).isAfter(slot))
                .map(newest -> datastore.name() + " " + policy.name() + " has a backup of " + newest.slot()
                        + " and is due from " + newest.slot().plus(wait) + " on" + unreadable(policy));
    }

    /**
     * As the first of its places says that answers. Where none does there is no reason to wait: the attempt to take the backup says what
     * is wrong, and those of other policies are taken.
     */
    private Optional<BackupId> newest(Datastore datastore, BackupPolicy policy) {
        BackupShelf shelf = new BackupShelf(catalog, service, datastore.name(), policy);
        for (BucketPlace place : policy.places()) {
            if (!unreadable.containsKey(place)) {
                try {
                    return shelf.newest(place).map(Entry::id).flatMap(BackupId::parse);
                } catch (ApplicationFailure failure) {
                    unreadable.put(place, failure.getOriginalMessage());
                }
            }
        }
        return Optional.empty();
    }

    /** A run in which nothing is due must not look as if every place were well. */
    private String unreadable(BackupPolicy policy) {
        return policy.places().stream()
                .filter(unreadable::containsKey)
                .map(place -> ", though " + place.region() + " was not read (" + unreadable.get(place) + ")")
                .collect(Collectors.joining());
    }

    /** How long after a backup the next one is due that comes once in so long. */
    static Duration wait(Duration every) {
        Duration share = every.multipliedBy(3).dividedBy(4);
        return every.minus(share.compareTo(LEAD) < 0 ? share : LEAD);
    }
}
