package io.lifeboat.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.lab.Lab;
import io.lifeboat.lab.LabOptions;
import io.lifeboat.lab.Progress;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.failover.FailoverRequest;
import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.report.StepReport;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.StepState;
import io.lifeboat.workflow.run.Verdict;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The whole lab, the real worker process, a region that is really killed. */
@Order(2)
@Timeout(240)
@ResourceLock("worker") // each needs the processors while its worker starts
class LostRegionE2E {
    private static final String NAME = "e2e";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = WireFormat.mapper();

    private Lab lab;
    private Commander commander;

    @BeforeEach
    void putUp() throws IOException {
        lab = Lab.up(LabOptions.named(NAME), Progress.SILENT);
        commander = new Commander(lab.state().temporal());
        awaitOrders(100);
    }

    @AfterEach
    void takeDown() {
        if (commander != null) {
            commander.close();
        }
        Lab.downInOrder(NAME, Progress.SILENT);
    }

    @Test
    void bringsTheServiceBackAndProvesItThoughTheWorkerIsKilledInTheMiddle() throws IOException {
        lab.killRegion("us-east-1");
        WorkflowStub run = startAndApprove();
        awaitStep(run, "Fence");

        lab.killWorker();
        lab.startWorker();
        RunStatus end = commander.awaitEnd(run, PATIENCE, status -> {});
        RunReport report = report(end);

        assertThat(end.phase()).isEqualTo(RunPhase.SUCCEEDED);
        assertThat(end.verdict()).contains(Verdict.GREEN);
        assertThat(report.verdict()).isEqualTo(Verdict.GREEN);
        assertThat(report.steps()).allMatch(step -> step.state() == StepState.SUCCEEDED);
        assertThat(detail(report, "Fence")).contains("proven by power");
        assertThat(report.markers()).hasSize(1);
        assertThat(report.interruptions()).isNotEmpty();
        assertThat(report.interruptions())
                .allSatisfy(interruption -> assertThat(interruption.seconds()).isPositive());
        assertThat(report.client().orElseThrow().outage().orElseThrow().open()).isFalse();
        assertThat(report.clocks().clientVisible().orElseThrow()).isBetween(0.5, 120.0);
        assertThat(record().answering()).isTrue();
        assertThat(record().lost()).isEqualTo(report.client().orElseThrow().lost());
        assertThat(Files.readString(
                        Path.of(URI.create(end.report().orElseThrow().html()))))
                .contains("us-west-2");
    }

    private WorkflowStub startAndApprove() {
        WorkflowStub run = commander.start("failover/orders/e2e", FailoverRequest.of("orders", "us-east-1 is gone"));
        commander.await(run, RunPhase.AWAITING_APPROVAL, PATIENCE, status -> {});
        commander.approve(run, "ana", "the region is gone");
        return run;
    }

    /** Waits until a step has begun; it may have ended by the time this returns. */
    private static void awaitStep(WorkflowStub run, String step) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            RunStatus status = run.query("status", RunStatus.class);
            if (status.steps().stream().anyMatch(s -> s.name().equals(step) && s.state() != StepState.PENDING)) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        throw new AssertionError("step " + step + " never began");
    }

    private static RunReport report(RunStatus end) throws IOException {
        return JSON.readValue(
                Path.of(URI.create(end.report().orElseThrow().json())).toFile(), RunReport.class);
    }

    private static String detail(RunReport report, String step) {
        List<StepReport> steps = report.steps();
        return steps.stream()
                .filter(s -> s.name().equals(step))
                .findFirst()
                .orElseThrow()
                .detail();
    }

    private ClientRecord record() throws IOException {
        URI uri = URI.create(lab.environment().get("ORDERS_CLIENT_RECORD"));
        try (InputStream body = uri.toURL().openStream()) {
            return JSON.readValue(body, ClientRecord.class);
        }
    }

    private void awaitOrders(long orders) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (record().acknowledged() < orders) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the client gets no orders acknowledged: " + record());
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
