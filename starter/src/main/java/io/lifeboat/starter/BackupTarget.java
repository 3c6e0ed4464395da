package io.lifeboat.starter;

import io.lifeboat.workflow.backup.BackupRequest;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whose backups are meant. */
final class BackupTarget {
    @Parameters(paramLabel = "SERVICE", index = "0", description = "A service in the runbook catalog.")
    private String service = "";

    @Option(names = "--datastore", paramLabel = "NAME", description = "Only this datastore; all of them by default.")
    private Optional<String> datastore = Optional.empty();

    String service() {
        return service;
    }

    Optional<String> datastore() {
        return datastore;
    }

    BackupRequest request() {
        return BackupRequest.of(service).only(datastore);
    }
}
