package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BackupPolicy.Method;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import java.util.ArrayList;
import java.util.List;

/**
 * A backup policy and where the runbook declares it.
 *
 * @param path as in {@code datastores[0].backups[1]}
 */
record DeclaredPolicy(Datastore datastore, BackupPolicy policy, String path) {

    /** Every policy of every datastore, in the order of the runbook. */
    static List<DeclaredPolicy> all(Runbook runbook) {
        List<DeclaredPolicy> declared = new ArrayList<>();
        for (int i = 0; i < runbook.datastores().size(); i++) {
            Datastore datastore = runbook.datastores().get(i);
            for (int j = 0; j < datastore.backups().size(); j++) {
                String path = "datastores[" + i + "].backups[" + j + "]";
                declared.add(new DeclaredPolicy(datastore, datastore.backups().get(j), path));
            }
        }
        return declared;
    }

    /**
     * Whether every backup of it is lost with a region. pgBackRest copies nothing from one repository to another: what it has
     * elsewhere, another policy has taken.
     */
    boolean lostWith(String region) {
        return policy.onlyIn(region)
                && (policy.method() != Method.PGBACKREST
                        || datastore.backups().stream()
                                .noneMatch(other -> other.method() == Method.PGBACKREST && !other.onlyIn(region)));
    }

    /** What to do about backups that lie in one region only. */
    String adviceToCopyTo(String region) {
        return policy.method() == Method.PGBACKREST
                ? "Add a policy for a second repository of pgBackRest, in %s.".formatted(region)
                : "Keep a copy in %s.".formatted(region);
    }

    /** The full path of a key of the policy. */
    String key(String name) {
        return path + "." + name;
    }

    /** How messages call it: {@code "nightly" of "orders-db"}. */
    String title() {
        return "\"" + policy.name() + "\" of \"" + datastore.name() + "\"";
    }
}
