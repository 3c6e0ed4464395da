package io.lifeboat.lab.demo;

import io.lifeboat.lab.Lab;
import io.lifeboat.lab.LabState;
import io.lifeboat.lab.objectstore.Buckets;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.backup.BackupListing;
import io.lifeboat.workflow.backup.BackupListing.Listed;
import io.lifeboat.workflow.backup.BackupReceipt;
import io.lifeboat.workflow.backup.BackupRequest;
import io.lifeboat.workflow.backup.BackupResult;
import io.lifeboat.workflow.backup.ByteCount;
import io.lifeboat.workflow.backup.ListBackupsWorkflow;
import io.lifeboat.workflow.backup.NightlyBackupWorkflow;
import io.lifeboat.workflow.backup.VerifyBackupWorkflow;
import io.lifeboat.workflow.run.RunStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The story of a backup that is taken, copied, damaged in one place, and found out. */
final class BackupDemo {
    private static final String SERVICE = "orders";
    private static final int STEADY = 300;
    private static final Duration RUN = Duration.ofMinutes(3);

    private final DemoView view;
    private final long began = System.nanoTime();

    BackupDemo(DemoView view) {
        this.view = view;
    }

    DemoResult run(Lab lab) {
        view.chapter("Orders are coming in");
        view.line(SteadyLoad.await(lab, STEADY).acknowledged() + " orders acknowledged");
        try (Commander commander = new Commander(lab.state().temporal())) {
            view.chapter("The nightly backup is taken under load");
            WorkflowStub run = commander.start(
                    NightlyBackupWorkflow.TYPE,
                    "backup/" + SERVICE + "/demo",
                    "Backup of " + SERVICE,
                    BackupRequest.of(SERVICE).everything());
            RunStatus end = commander.awaitClosed(run, RUN, view::progress);
            BackupReceipt taken = run.getResult(BackupResult.class).backups().getFirst();
            Listed listed = list(commander);

            view.chapter("One byte of it is changed in the bucket of " + taken.region());
            view.line("changed byte " + damage(lab.state(), taken) + " of " + dump(taken));
            String found = verify(commander, taken);
            return result(lab, end, taken, listed, found);
        }
    }

    private Listed list(Commander commander) {
        BackupListing listing = commander
                .start(
                        ListBackupsWorkflow.TYPE,
                        "backup/" + SERVICE + "/demo/list",
                        "List the backups of " + SERVICE,
                        BackupRequest.of(SERVICE))
                .getResult(BackupListing.class);
        view.chapter("What the buckets hold");
        listing.series()
                .forEach(series -> series.backups()
                        .forEach(backup -> view.line(
                                series.datastore() + "  " + backup.id() + "  " + ByteCount.text(backup.storedBytes())
                                        + "  in " + String.join(", ", backup.regions()))));
        return listing.series().getFirst().backups().getFirst();
    }

    /** Empty when nothing was found. */
    private String verify(Commander commander, BackupReceipt taken) {
        WorkflowStub run = commander.start(
                VerifyBackupWorkflow.TYPE,
                "backup/" + SERVICE + "/demo/verify",
                "Verify " + taken.id(),
                BackupRequest.of(SERVICE).backup(taken.id()));
        try {
            run.getResult(VerifyBackupWorkflow.Verified.class);
            view.line("the verification found nothing");
            return "";
        } catch (WorkflowFailedException failed) {
            boolean corrupt = FailureType.BACKUP_CORRUPT.is(failed);
            String said = failed.getCause() instanceof ApplicationFailure failure
                    ? failure.getOriginalMessage()
                    : String.valueOf(failed.getMessage());
            view.line("the verification says: " + said);
            return corrupt ? said : "";
        }
    }

    private static String dump(BackupReceipt taken) {
        return SERVICE + "/" + taken.datastore() + "/" + taken.id() + "/database.dump.zst.age";
    }

    /** Changes one byte in the middle, and says which. */
    private static int damage(LabState state, BackupReceipt taken) {
        LabState.Region region = state.region(taken.region());
        URI endpoint = URI.create("http://%s:%d".formatted(region.address(), region.objectStorePort()));
        try (S3Client store = Buckets.client(region.name(), endpoint, state.credentials())) {
            byte[] bytes = store.getObjectAsBytes(
                            object -> object.bucket(Buckets.BACKUPS).key(dump(taken)))
                    .asByteArray();
            int middle = bytes.length / 2;
            bytes[middle] ^= 1;
            store.putObject(object -> object.bucket(Buckets.BACKUPS).key(dump(taken)), RequestBody.fromBytes(bytes));
            return middle;
        }
    }

    private DemoResult result(Lab lab, RunStatus end, BackupReceipt taken, Listed listed, String found) {
        boolean good = end.verdict().map(Enum::name).filter("GREEN"::equals).isPresent()
                && listed.missingIn().isEmpty()
                && !found.isEmpty();
        return new DemoResult(
                1,
                good ? "GREEN" : "RED",
                good
                        ? "The backup is in " + String.join(" and ", listed.regions())
                                + ", and the damage to one copy was found."
                        : end.headline() + (found.isEmpty() ? " The damage was not found." : ""),
                SERVICE,
                "backup",
                Optional.empty(),
                Optional.empty(),
                Optional.of(new DemoResult.Backup(
                        taken.id(),
                        taken.dataBytes(),
                        taken.storedBytes(),
                        taken.rows(),
                        taken.seconds(),
                        listed.regions(),
                        found)),
                Optional.empty(),
                end.steps().stream()
                        .map(s -> new DemoResult.Step(
                                s.name(), s.state().name(), s.seconds().orElse(0.0), 1))
                        .toList(),
                DemoResult.parts(lab.parts()),
                Optional.empty(),
                DemoResult.Temporal.of(
                        end.workflowId(),
                        end.runId(),
                        lab.state().temporal().ui(),
                        lab.state().temporal().namespace()),
                lab.secondsToUp(),
                Math.round((lab.secondsToUp() + (System.nanoTime() - began) / 1e9) * 1000) / 1000.0);
    }
}
