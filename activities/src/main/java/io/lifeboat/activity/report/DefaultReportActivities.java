package io.lifeboat.activity.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.lifeboat.activity.storage.ObjectStore;
import io.lifeboat.activity.storage.ObjectStores;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.report.ReportActivities;
import io.lifeboat.workflow.report.ReportHtml;
import io.lifeboat.workflow.report.ReportLinks;
import io.lifeboat.workflow.report.ReportMarkdown;
import io.lifeboat.workflow.report.RunReport;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a report in its three forms, to the ledger bucket and to the worker's report directory where there is one. The bucket
 * is what counts: a directory that cannot be written costs the nearer link, not the report.
 */
public final class DefaultReportActivities implements ReportActivities {
    private static final Logger log = LoggerFactory.getLogger(DefaultReportActivities.class);
    private static final ObjectMapper JSON = WireFormat.mapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Supplier<WorkflowClient> temporal;
    private final ObjectStores stores;
    private final Optional<Path> directory;

    /** @param temporal asked at each report, because the client comes up with the worker */
    public DefaultReportActivities(Supplier<WorkflowClient> temporal, ObjectStores stores, Optional<Path> directory) {
        this.temporal = temporal;
        this.stores = stores;
        this.directory = directory;
    }

    @Override
    public ReportLinks write(RunReport draft) {
        RunReport report = new HistoryReader()
                .complete(
                        draft,
                        temporal
                                .get()
                                .fetchHistory(
                                        draft.temporal().workflowId(),
                                        draft.temporal().runId())
                                .getEvents()
                                .stream());
        return new ReportLinks(
                store(report, "json", json(report)),
                store(report, "html", ReportHtml.render(report)),
                store(report, "md", ReportMarkdown.render(report)));
    }

    private String store(RunReport report, String ending, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String key = "reports/" + report.service() + "/"
                + safe(report.temporal().workflowId()) + "/" + report.temporal().runId() + "/report." + ending;
        ObjectStore store = stores.in(report.ledger().region());
        store.put(report.ledger().bucket(), key, bytes);
        String inBucket = "s3://" + report.ledger().bucket() + "/" + key;
        return directory
                .map(folder -> keep(folder.resolve(key.substring("reports/".length())), bytes, inBucket))
                .orElse(inBucket);
    }

    /** Where the report is to be found. */
    private static String keep(Path file, byte[] bytes, String inBucket) {
        try {
            Files.createDirectories(file.getParent());
            Path half = file.resolveSibling(file.getFileName() + ".part");
            Files.write(half, bytes);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return file.toUri().toString();
        } catch (IOException unwritable) {
            log.warn(
                    "Cannot keep a report at {} [{}]. It is at {}; make the report directory writable for the worker.",
                    file,
                    unwritable.getClass().getSimpleName(),
                    inBucket);
            return inBucket;
        }
    }

    /** Workflow ids may be typed by a person; nothing of one may leave its folder. */
    private static String safe(String workflowId) {
        return workflowId.replaceAll("[^A-Za-z0-9_-]", "-");
    }

    private static String json(RunReport report) {
        try {
            return JSON.writeValueAsString(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
