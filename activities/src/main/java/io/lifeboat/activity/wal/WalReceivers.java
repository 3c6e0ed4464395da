package io.lifeboat.activity.wal;

import io.lifeboat.activity.database.Databases;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A receiver for every datastore whose runbook keeps an archive. Runs in every worker; the slot admits one of them. */
public final class WalReceivers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WalReceivers.class);

    private final List<Runbook> runbooks;
    private final Databases databases;
    private final WalServer server;
    private final WalArchives archives;
    private final List<WalReceiver> receivers = new ArrayList<>();

    public WalReceivers(List<Runbook> runbooks, Databases databases, WalServer server, WalArchives archives) {
        this.runbooks = List.copyOf(runbooks);
        this.databases = databases;
        this.server = server;
        this.archives = archives;
    }

    /** Starts them; one that this worker has no keys for is left out, and said so. */
    public void start() {
        for (Runbook runbook : runbooks) {
            for (Datastore datastore : runbook.datastores()) {
                datastore.backups().stream()
                        .filter(policy -> policy.archive().isPresent())
                        .findFirst()
                        .ifPresent(policy -> start(runbook.service(), datastore, policy));
            }
        }
    }

    private void start(String service, Datastore datastore, BackupPolicy policy) {
        try {
            WalReceiver receiver = new WalReceiver(
                    service,
                    datastore.name(),
                    new NewestPrimary(databases, datastore),
                    server,
                    archives.of(service, datastore.name(), policy),
                    policy.archive().orElseThrow().ship());
            receiver.start();
            receivers.add(receiver);
        } catch (ApplicationFailure noKeys) {
            log.warn(
                    "The log of {}/{} is not archived by this worker: {}",
                    service,
                    datastore.name(),
                    noKeys.getOriginalMessage());
        }
    }

    @Override
    public void close() {
        receivers.forEach(WalReceiver::close);
    }
}
