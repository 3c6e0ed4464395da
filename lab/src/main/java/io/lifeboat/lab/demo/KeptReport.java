package io.lifeboat.lab.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.lab.LabException;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.report.ReportLinks;
import io.lifeboat.workflow.report.RunReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The report of a demo's run. The lab's files go with the lab; its report stays. */
record KeptReport(RunReport report, ReportLinks links) {
    private static final ObjectMapper JSON = WireFormat.mapper();

    /** @param folder where it is kept */
    static KeptReport in(Path folder, ReportLinks links) {
        return new KeptReport(
                read(links),
                new ReportLinks(
                        copy(folder, links.json()), copy(folder, links.html()), copy(folder, links.markdown())));
    }

    private static RunReport read(ReportLinks links) {
        try {
            return JSON.readValue(Path.of(URI.create(links.json())).toFile(), RunReport.class);
        } catch (IOException e) {
            throw LabException.failed("Cannot read the report " + links.json() + ": " + e.getMessage(), e);
        }
    }

    private static String copy(Path folder, String link) {
        Path from = Path.of(URI.create(link));
        Path to = folder.resolve(from.getFileName().toString());
        try {
            Files.createDirectories(folder);
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
            return to.toUri().toString();
        } catch (IOException e) {
            throw LabException.failed("Cannot keep the report in " + folder + ": " + e.getMessage(), e);
        }
    }
}
