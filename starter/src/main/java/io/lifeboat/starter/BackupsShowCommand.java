package io.lifeboat.starter;

import io.lifeboat.workflow.backup.BackupDetail;
import io.lifeboat.workflow.backup.ByteCount;
import io.lifeboat.workflow.backup.ShowBackupWorkflow;
import java.io.PrintWriter;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one backup. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description =
                "Show what the signed manifest of a backup says: of what state it is, what it holds, who can open it,"
                        + " and where it is.")
final class BackupsShowCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private BackupTarget target = new BackupTarget();

    @Parameters(paramLabel = "BACKUP", index = "1", description = "Its id, as 'lifeboat backups list' shows it.")
    private String id = "";

    @Mixin
    private OutputOptions output = new OutputOptions();

    BackupsShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        BackupDetail backup = new BackupRuns(session)
                .ask(ShowBackupWorkflow.TYPE, "show", target.request().backup(id), BackupDetail.class);
        if (output.isJson()) {
            Json.print(session.console(), backup);
        } else {
            print(session.console().out(), backup);
        }
        return ExitCode.OK.number();
    }

    private static void print(PrintWriter out, BackupDetail backup) {
        out.println(backup.id() + " of " + backup.service() + "/" + backup.datastore());
        line(out, "method", backup.method() + ", policy " + backup.policy());
        line(out, "state of", backup.began() + ", written until " + backup.ended());
        line(
                out,
                "locked until",
                backup.retainUntil().isAfter(backup.ended())
                        ? backup.retainUntil().toString()
                        : "not locked");
        line(out, "opened by", String.join(" or ", backup.holders()) + " (" + backup.encryption() + ")");
        backup.previous().ifPresent(previous -> line(out, "comes after", previous));
        new TreeMap<>(backup.source()).forEach((what, value) -> line(out, what, value));
        new TreeMap<>(backup.tools()).forEach((tool, version) -> line(out, tool, version));
        backup.places()
                .forEach(place -> line(
                        out,
                        "in " + place.region(),
                        place.bucket() + ": " + place.seen()
                                + place.proven().map(at -> ", proven " + at).orElse("")));
        backup.parts()
                .forEach(part -> line(
                        out,
                        part.name(),
                        part.holds() + ", " + ByteCount.text(part.plainBytes()) + ", stored "
                                + ByteCount.text(part.storedBytes())));
        backup.contents().forEach(content -> line(out, content.name(), content.rows() + " rows"));
        out.flush();
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println("  " + name + " ".repeat(Math.max(1, 22 - name.length())) + value);
    }
}
