package io.lifeboat.lab.process;

import io.lifeboat.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts the processes of one lab, each in a session of its own and thus without a terminal. Once closed it starts
 * nothing more, so that a lab that is being torn down cannot grow.
 */
public final class Launcher {

    private final Path lab;
    private boolean closed;

    public Launcher(Path lab) {
        this.lab = lab;
    }

    /**
     * Starts a process and returns at once.
     *
     * @throws LabException when its program is missing, its region is powered off, or the lab is being torn down
     */
    public synchronized StartedProcess start(Launch launch) {
        if (closed) {
            throw LabException.failed(
                    "Cannot start " + launch.name() + ": the lab is being torn down. Run `lifeboat lab up` again.");
        }
        refuseBehindFence(launch);
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(launch.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(launch.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.clear();
        environment.put("PATH", path);
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", launch.folder().toString());
        environment.putAll(launch.environment());
        try {
            return new StartedProcess(launch, builder.start());
        } catch (IOException e) {
            throw LabException.precondition(
                    "Cannot start " + launch.name() + ": " + e.getMessage()
                            + ". The lab needs setsid (Debian package util-linux) and the program named here.",
                    e);
        }
    }

    /** From now on nothing is started. */
    public synchronized void close() {
        closed = true;
    }

    private void refuseBehindFence(Launch launch) {
        String region = lab.relativize(launch.folder()).getName(0).toString();
        if (Files.exists(lab.resolve(region + ".off"))) {
            throw LabException.precondition("Cannot start " + launch.name() + ": region \"" + region
                    + "\" is powered off by its fence. Lift the fence first (POST to its agent's /on).");
        }
    }
}
