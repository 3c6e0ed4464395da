package io.lifeboat.lab.fault;

import io.lifeboat.lab.Lab;
import io.lifeboat.lab.process.LabProcess;
import io.lifeboat.lab.process.LabProcesses;
import io.lifeboat.lab.process.Launch;
import io.lifeboat.lab.process.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lab's own worker, started again by its own command line whenever it dies, as a Deployment would. */
final class SupervisedWorker {
    private static final Duration GOOD_ORDER = Duration.ofSeconds(60);

    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(100);

    private final Lab lab;
    private final Launch launch;
    private final ClassArchive classes;
    private volatile boolean wanted = true;
    private final AtomicInteger deaths = new AtomicInteger();
    private volatile Optional<ProcessHandle> process = Optional.empty();
    private Thread supervisor;

    private SupervisedWorker(Lab lab, Launch launch, ClassArchive classes) {
        this.lab = lab;
        this.launch = launch;
        this.classes = classes;
    }

    /** Takes the place of the worker that the lab has started. */
    static SupervisedWorker replacing(Lab lab, FaultFolder faults) throws IOException {
        Path cwd = lab.folder().place(lab.state().standby().name()).resolve("worker");
        LabProcess running = LabProcesses.in(cwd).list().stream()
                .filter(process -> process.command().equals("java"))
                .findFirst()
                .orElseThrow();
        List<String> command = new ArrayList<>(strings(running, "cmdline"));
        command.add("--" + FaultConfiguration.FOLDER + "=" + faults.path());
        command.add("--spring.main.sources=" + FaultConfiguration.class.getName());
        command.add("--management.endpoint.health.validate-group-membership=false");
        Map<String, String> environment = strings(running, "environ").stream()
                .map(entry -> entry.split("=", 2))
                .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1], (a, b) -> b, HashMap::new));
        ClassArchive classes = new ClassArchive(faults.path().resolve("classes"));
        environment.put("CLASSPATH", classes.packed(environment.get("CLASSPATH")));
        return new SupervisedWorker(
                lab,
                new Launch(
                        "the worker under test",
                        command,
                        cwd,
                        environment,
                        lab.folder().log("worker")),
                classes);
    }

    private static List<String> strings(LabProcess process, String file) throws IOException {
        String text = Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
        return Stream.of(text.split("\0")).toList();
    }

    /** Kills the worker that runs and begins anew. */
    void restart() throws InterruptedException {
        stop();
        wanted = true;
        supervisor = Thread.ofPlatform().name("supervisor").daemon().start(this::supervise);
    }

    private void supervise() {
        Launcher launcher = new Launcher(lab.folder().path());
        while (wanted) {
            process = ProcessHandle.of(launcher.start(withArchive()).pid());
            process.ifPresent(running -> running.onExit().join());
            if (wanted) {
                deaths.incrementAndGet();
            }
        }
    }

    private Launch withArchive() {
        List<String> command = new ArrayList<>(launch.command());
        command.add(1, classes.option());
        return new Launch(launch.name(), command, launch.folder(), launch.environment(), launch.log());
    }

    /** How often the worker has died that was not stopped. */
    int deaths() {
        return deaths.get();
    }

    /** What it complained of before it died by itself, if it did. */
    List<String> lastWords() throws IOException {
        try (Stream<String> lines = Files.lines(launch.log())) {
            return lines.filter(line -> line.contains("ERROR") || line.contains("Cannot "))
                    .toList();
        }
    }

    void stop() throws InterruptedException {
        wanted = false;
        if (!classes.isThere()) {
            process.ifPresent(SupervisedWorker::endInGoodOrder);
        }
        lab.killWorker();
        // One that was being started at this moment is met by the next round.
        while (supervisor != null && supervisor.isAlive()) {
            lab.killWorker();
            supervisor.join(BETWEEN_ROUNDS.toMillis());
        }
    }

    private static void endInGoodOrder(ProcessHandle running) {
        running.destroy();
        running.onExit().orTimeout(GOOD_ORDER.toSeconds(), TimeUnit.SECONDS).join();
    }
}
