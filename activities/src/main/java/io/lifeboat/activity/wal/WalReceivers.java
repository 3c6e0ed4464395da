package io.lifeboat.activity.wal;

import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.wal.WalStatus.Phase;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A receiver for every datastore whose runbook keeps an archive. Runs in every worker; the slot admits one of them. */
public final class WalReceivers implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(WalReceivers.class);

    private final List<Runbook> runbooks;
    private final Databases databases;
    private final WalServer server;
    private final WalArchives archives;
    private final Map<ReceivedLog, WalReceiver> receivers = new ConcurrentHashMap<>();
    private final List<WalCopier> copiers = new ArrayList<>();

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

    /** The slots as the receivers of this worker saw them last; of a datastore whose log another worker receives, none. */
    public Map<ReceivedLog, WalServer.Slot> slots() {
        Map<ReceivedLog, WalServer.Slot> seen = new HashMap<>();
        receivers.forEach((log, receiver) -> {
            WalStatus status = receiver.status();
            if (status.phase() != Phase.WAITING) {
                status.slot().ifPresent(slot -> seen.put(log, slot));
            }
        });
        return seen;
    }

    private void start(String service, Datastore datastore, BackupPolicy policy) {
        try {
            List<WalCopier> itsCopiers = archives.copiers(service, datastore.name(), policy);
            WalReceiver receiver = new WalReceiver(
                    service,
                    datastore.name(),
                    new NewestPrimary(databases, datastore),
                    server,
                    archives.receiving(service, datastore.name(), policy, itsCopiers),
                    policy.archive().orElseThrow().ship());
            receiver.start();
            receivers.put(new ReceivedLog(service, datastore.name()), receiver);
            itsCopiers.forEach(copier -> copier.start(() -> receiver.status().phase() == Phase.RECEIVING));
            copiers.addAll(itsCopiers);
        } catch (ApplicationFailure noKeys) {
            logger.warn(
                    "The log of {}/{} is not archived by this worker: {}",
                    service,
                    datastore.name(),
                    noKeys.getOriginalMessage());
        }
    }

    @Override
    public void close() {
        copiers.forEach(WalCopier::close);
        receivers.values().forEach(WalReceiver::close);
    }
}
