package io.lifeboat.workflow.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.workflow.run.RunPhase;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Histories of runs as they were recorded once; every later version of the code has to be able to go on from them. */
enum Histories {
    GREEN {
        @Override
        void play(FailoverRig rig) {
            rig.complete(Histories.ID);
        }

        /** Also what a worker rehearses at its start. */
        @Override
        Path folder() {
            return Path.of("src/main/resources/io/lifeboat/workflow/failover");
        }
    },
    ABORTED {
        @Override
        void play(FailoverRig rig) {
            rig.regions.inject("Promotion_Check", TwoRegions.Fault.FAIL_FOR_GOOD);
            WorkflowStub run = rig.start(Histories.ID);
            rig.approve(run, "ana");
            rig.awaitWaitingFor(run, "Check the standby");
            rig.say(run, "abort", "ana");
            assertThat(rig.failure(run).getType()).isEqualTo("ABORTED");
            assertThat(rig.status(run).phase()).isEqualTo(RunPhase.ROLLED_BACK);
        }
    },
    RETRIED {
        @Override
        void play(FailoverRig rig) {
            rig.regions.inject("Promotion_Promote", TwoRegions.Fault.LOSE_REPLY);
            rig.regions.inject("Verification_Verify", TwoRegions.Fault.FAIL_FOR_GOOD);
            WorkflowStub run = rig.start(Histories.ID);
            rig.approve(run, "ana");
            rig.awaitWaitingFor(run, "Verify");
            rig.say(run, "retryStep", "ben");
            assertThat(rig.result(run).phase()).isEqualTo(RunPhase.SUCCEEDED);
        }
    },
    EXPIRED {
        @Override
        void play(FailoverRig rig) {
            rig.ports.runbook = Orders.runbook(1, Duration.ofMillis(500));
            assertThat(rig.failure(rig.start(Histories.ID)).getType()).isEqualTo("APPROVAL_EXPIRED");
        }
    },
    GUARD {
        @Override
        void play(FailoverRig rig) {
            rig.complete(Histories.ID);
        }

        @Override
        String workflowId() {
            return "guard/orders";
        }
    };

    private static final String ID = "failover/orders/1";

    /** Brings a run to the ending that this history is about. */
    abstract void play(FailoverRig rig);

    /** The run whose history is kept. */
    String workflowId() {
        return ID;
    }

    String read() throws IOException {
        return Files.readString(file());
    }

    void record() throws IOException {
        try (FailoverRig rig = new FailoverRig(TwoRegions.withLiveEast())) {
            play(rig);
            Files.createDirectories(folder());
            Files.writeString(file(), rig.client().fetchHistory(workflowId()).toJson(true) + "\n");
        }
    }

    Path folder() {
        return Path.of("src/test/resources/histories");
    }

    private Path file() {
        return folder().resolve(name().toLowerCase(Locale.ROOT) + ".json");
    }
}
