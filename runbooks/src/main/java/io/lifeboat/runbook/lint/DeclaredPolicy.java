package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.BackupPolicy;
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

    /** The full path of a key of the policy. */
    String key(String name) {
        return path + "." + name;
    }

    /** How messages call it: {@code "nightly" of "orders-db"}. */
    String title() {
        return "\"" + policy.name() + "\" of \"" + datastore.name() + "\"";
    }
}
