package io.lifeboat.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.lab.Lab;
import io.lifeboat.lab.LabException;
import io.lifeboat.lab.LabOptions;
import io.lifeboat.lab.LabState;
import io.lifeboat.lab.Progress;
import io.lifeboat.lab.demo.Commander;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.failover.FailoverRequest;
import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * One outage in a fresh lab, recovered by {@code script} or {@code lifeboat}; prints one CSV line: who, the client's outage in
 * seconds, lost orders, and the seconds of each step.
 */
public final class FailoverBench {
    private static final String NAME = "failover-bench";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ID = "failover/orders/bench";
    private static final int STEADY = 250;
    private static final ObjectMapper JSON = WireFormat.mapper();

    private FailoverBench() {}

    /** @param arguments {@code script PSQL RECOVER.SH} or {@code lifeboat [HISTORY.json]}, the file to write the run's history to */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Lab lab = Lab.up(LabOptions.named(NAME).withKubernetes(LabState.Kubernetes.IN_PROCESS), Progress.SILENT);
        try {
            await(lab, record -> record.answering() && record.acknowledged() >= STEADY);
            Map<String, Double> steps = arguments[0].equals("script")
                    ? byScript(lab, arguments[1], arguments[2])
                    : byLifeboat(lab, history(arguments));
            ClientRecord record = await(
                    lab,
                    r -> r.answering()
                            && r.lostSeconds().isPresent()
                            && r.outage().filter(o -> !o.open()).isPresent());
            StringBuilder line = new StringBuilder(arguments[0])
                    .append(',')
                    .append(record.outage().orElseThrow().seconds())
                    .append(',')
                    .append(record.lost());
            steps.forEach(
                    (step, seconds) -> line.append(',').append(step).append('=').append(seconds));
            System.out.println(line);
        } finally {
            Lab.down(NAME);
        }
    }

    private static Optional<Path> history(String... arguments) {
        return arguments.length > 1 ? Optional.of(Path.of(arguments[1])) : Optional.empty();
    }

    private static Map<String, Double> byLifeboat(Lab lab, Optional<Path> history) throws IOException {
        try (Commander commander = new Commander(lab.state().temporal())) {
            commander.rehearse();
            lab.killRegion(lab.state().primary().name());
            WorkflowStub run = commander.start(ID, FailoverRequest.of("orders", "bench"));
            commander.await(run, RunPhase.AWAITING_APPROVAL, PATIENCE, s -> {});
            commander.approve(run, "bench", "at once");
            RunStatus end = commander.awaitEnd(run, PATIENCE, s -> {});
            RunReport report = JSON.readValue(
                    Path.of(URI.create(end.report().orElseThrow().json())).toFile(), RunReport.class);
            if (history.isPresent()) {
                Files.writeString(history.get(), commander.history(ID));
            }
            Map<String, Double> steps = new LinkedHashMap<>();
            report.steps().forEach(step -> steps.put(step.name(), step.seconds()));
            return steps;
        }
    }

    private static Map<String, Double> byScript(Lab lab, String psql, String script)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", script);
        LabState state = lab.state();
        builder.environment().putAll(lab.environment());
        builder.environment().put("PSQL", psql);
        builder.environment()
                .put(
                        "KUBERNETES_STANDBY",
                        "http://" + state.standby().address() + ":"
                                + state.standby().kubernetesPort());
        builder.environment()
                .put(
                        "ROUTE53",
                        "http://" + state.outside().address() + ":"
                                + state.outside().route53Port());
        builder.environment().put("DNS_ADDRESS", state.outside().address());
        builder.environment().put("DNS_PORT", Integer.toString(state.outside().dnsPort()));
        lab.killRegion(state.primary().name());
        Process process = builder.start();
        String marks = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw LabException.failed("The script failed: " + marks);
        }
        Map<String, Double> steps = new LinkedHashMap<>();
        double last = 0;
        for (String mark : marks.strip().split("\n")) {
            String[] words = mark.split(" ");
            double at = Double.parseDouble(words[1]);
            if (last > 0) {
                steps.put(words[0], Math.round((at - last) * 1000) / 1000.0);
            }
            last = at;
        }
        return steps;
    }

    private static ClientRecord await(Lab lab, Predicate<ClientRecord> condition) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            ClientRecord record = record(lab);
            if (condition.test(record)) {
                return record;
            }
            if (System.nanoTime() > deadline) {
                throw LabException.failed("The client's record did not become what the bench waits for: " + record);
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static ClientRecord record(Lab lab) throws IOException {
        URI uri = URI.create(String.valueOf(lab.environment().get("ORDERS_CLIENT_RECORD")));
        try (InputStream body = uri.toURL().openStream()) {
            return JSON.readValue(body, ClientRecord.class);
        }
    }
}
