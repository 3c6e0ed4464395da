package io.lifeboat.lab.temporal;

import io.lifeboat.lab.process.Launch;
import io.lifeboat.lab.process.Launcher;
import io.lifeboat.lab.process.Probe;
import io.lifeboat.lab.process.StartedProcess;
import io.lifeboat.lab.tool.InstalledTool;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Temporal's development server with its Web UI, keeping its state in one SQLite file. */
public final class LabTemporal {

    public static final String ADDRESS = "127.0.0.1";
    public static final String NAMESPACE = "default";
    public static final int USUAL_PORT = 7233;
    public static final int USUAL_UI_PORT = 8233;

    private static final Duration START = Duration.ofSeconds(60);

    private static final List<String> SEARCH_ATTRIBUTES = List.of(
            "LifeboatService",
            "LifeboatProcedure",
            "LifeboatPhase",
            "LifeboatRegion",
            "LifeboatVerdict",
            "LifeboatIncident");

    // As it comes, the server polls its queues 20 times a second, which costs 50 ms a step, and rounds timers up to 1
    // s.
    private static final List<String> TUNING = List.of(
            "--dynamic-config-value=history.transferProcessorMaxPollRPS=2000",
            "--dynamic-config-value=history.timerProcessorMaxPollRPS=2000",
            "--dynamic-config-value=history.timerProcessorMaxTimeShift=\"10ms\"",
            "--dynamic-config-value=limit.mutableStateActivityFailureSize.error=65536",
            "--sqlite-pragma=journal_mode=WAL",
            "--sqlite-pragma=synchronous=NORMAL");

    private LabTemporal() {}

    /**
     * Starts the server and waits until it serves the namespace and knows the search attributes.
     *
     * @param folder where its state goes; exists
     */
    public static StartedProcess start(
            InstalledTool cli, Launcher launcher, Path folder, Path log, int port, int uiPort) {
        List<String> command = new ArrayList<>(List.of(
                cli.executable().toString(),
                "server",
                "start-dev",
                "--ip=" + ADDRESS,
                "--port=" + port,
                "--ui-port=" + uiPort,
                "--ui-disable-news-fetch",
                "--db-filename=" + folder.resolve("temporal.db"),
                "--log-level=warn"));
        command.addAll(TUNING);
        SEARCH_ATTRIBUTES.forEach(name -> command.add("--search-attribute=" + name + "=Keyword"));
        StartedProcess server = launcher.start(new Launch("Temporal", command, folder, Map.of(), log));
        URI attributes =
                URI.create("http://%s:%d/api/v1/namespaces/%s/search-attributes".formatted(ADDRESS, uiPort, NAMESPACE));
        server.awaitReady(
                START,
                () -> Probe.get(attributes)
                        .filter(body -> SEARCH_ATTRIBUTES.stream().allMatch(body::contains))
                        .isPresent());
        return server;
    }
}
