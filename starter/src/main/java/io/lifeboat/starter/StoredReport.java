package io.lifeboat.starter;

import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.report.ReportLinks;
import io.lifeboat.workflow.report.RunReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A report that this machine can read. */
final class StoredReport {
    private StoredReport() {}

    /** Empty where the report lies elsewhere, or cannot be read. */
    static Optional<RunReport> find(ReportLinks links) {
        return file(links.json()).flatMap(StoredReport::parse);
    }

    /** The file behind a {@code file:} link, where it is on this machine. */
    static Optional<Path> file(String link) {
        try {
            URI uri = URI.create(link);
            return "file".equals(uri.getScheme())
                    ? Optional.of(Path.of(uri)).filter(Files::isReadable)
                    : Optional.empty();
        } catch (IllegalArgumentException notALink) {
            return Optional.empty();
        }
    }

    private static Optional<RunReport> parse(Path json) {
        try {
            return Optional.of(WireFormat.mapper().readValue(Files.readAllBytes(json), RunReport.class));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
