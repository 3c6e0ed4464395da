package io.lifeboat.lab;

import io.lifeboat.lab.postgres.SharedMemory;
import io.lifeboat.lab.process.Deadline;
import io.lifeboat.lab.process.LabProcesses;
import io.lifeboat.lab.process.Launcher;
import io.lifeboat.lab.process.Ports;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A lab that is up: two regions of real components on this machine. */
public final class Lab {

    private final LabFolder folder;
    private final LabState state;
    private final Parts parts;

    private Lab(LabFolder folder, LabState state, Parts parts) {
        this.folder = folder;
        this.state = state;
        this.parts = parts;
    }

    /**
     * Puts a lab up, after cleaning the remains of a crashed one of the same name. Where that fails, or this JVM is
     * asked to end meanwhile, nothing stays behind.
     *
     * @throws LabException when a lab of that name runs, or a part cannot be had or started
     */
    public static Lab up(LabOptions options, Progress progress) {
        LabFolder folder = LabFolder.of(options.name());
        folder.create();
        try (FileChannel channel =
                        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw LabException.precondition("Cannot put up lab \"" + options.name()
                        + "\": someone else is doing that right now. Wait for it, or choose another --name.");
            }
            refuseRunning(folder);
            clean(folder, progress);
            return raise(options, folder, progress);
        } catch (IOException e) {
            throw LabException.failed("Cannot lock the lab's folder " + folder.path() + ": " + e.getMessage(), e);
        }
    }

    /**
     * The lab of that name, in whatever condition it is.
     *
     * @throws LabException when there is none that ever came up
     */
    public static Lab open(String name) {
        LabFolder folder = LabFolder.of(name);
        if (!Files.exists(folder.parts())) {
            throw LabException.precondition(
                    "There is no lab \"" + name + "\" at " + folder.path() + ". Put it up: `lifeboat lab up"
                            + (name.equals(LabFolder.DEFAULT_NAME) ? "`." : " --name " + name + "`."));
        }
        return new Lab(folder, LabFiles.readState(folder.state()), LabFiles.read(folder.parts(), Parts.class));
    }

    /**
     * Removes whatever is left of the lab of that name: every process, then every file.
     *
     * @return how many processes were killed
     */
    public static int down(String name) {
        LabFolder folder = LabFolder.of(name);
        int killed = LabProcesses.in(folder.path()).killAll();
        releaseSharedMemory(folder);
        folder.remove();
        return killed;
    }

    /**
     * The same, in order where that makes the next lab start faster: once after each build, for some seconds.
     *
     * @return how many processes were killed
     */
    public static int downInOrder(String name, Progress progress) {
        ClassArchive.keepThoseOf(LabFolder.of(name), progress);
        return down(name);
    }

    public LabState state() {
        return state;
    }

    public LabFolder folder() {
        return folder;
    }

    /** What runs or ran in it, with versions. */
    public List<Part> parts() {
        return parts.parts();
    }

    /** How long {@code up} took. */
    public double secondsToUp() {
        return parts.seconds();
    }

    /** What Lifeboat and the {@code temporal} command need in their environment to work with this lab. */
    public Map<String, String> environment() {
        return LabEnvironment.of(state);
    }

    public LabStatus status() {
        return LabStatus.of(folder, parts());
    }

    /**
     * Kills everything that runs in a region, as a power cut would.
     *
     * @return how many processes were killed
     */
    public int killRegion(String region) {
        List<String> regions =
                state.regions().stream().map(LabState.Region::name).toList();
        if (!regions.contains(region)) {
            throw LabException.usage("Cannot kill region \"" + region + "\": lab \"" + folder.name()
                    + "\" has no such region. Did you mean \"" + NearestWord.to(region, regions) + "\"?");
        }
        return LabProcesses.in(folder.place(region)).killAll();
    }

    /** Starts the worker and waits until it is healthy. */
    public void startWorker() {
        new Applications(folder, state, new Launcher(folder.path())).restartWorker(parts.workerPort());
    }

    public void killWorker() {
        LabProcesses.in(folder.place(state.standby().name()).resolve(Applications.WORKER))
                .killAll();
    }

    /** Ends every process and removes every file of this lab. */
    public void down() {
        down(folder.name());
    }

    private static Lab raise(LabOptions options, LabFolder folder, Progress progress) {
        Deadline watch = Deadline.after(Duration.ZERO);
        Launcher launcher = new Launcher(folder.path());
        Thread teardown = Thread.ofPlatform().unstarted(() -> {
            launcher.close();
            down(options.name());
        });
        Runtime.getRuntime().addShutdownHook(teardown);
        try (LoopbackBlock block = LoopbackBlock.claim(options.name());
                Ports ports = new Ports()) {
            LabBlueprint blueprint = LabBlueprint.draw(options, folder, block, ports);
            folder.createFolder(folder.path().resolve("logs"));
            Catalog.copyTo(folder.createFolder(folder.runbooks()));
            LabFiles.write(folder.state(), blueprint.state());
            List<Part> started = new LabStartup(folder, blueprint, launcher, progress).run(options.applications());
            double seconds = watch.elapsed().toMillis() / 1000.0;
            Parts parts = new Parts(Parts.SCHEMA_VERSION, blueprint.workerPort(), seconds, started);
            LabFiles.write(folder.parts(), parts);
            Shutdown.remove(teardown);
            return new Lab(folder, blueprint.state(), parts);
        } catch (RuntimeException | Error e) {
            launcher.close();
            down(options.name());
            Shutdown.remove(teardown);
            throw e;
        }
    }

    private static void refuseRunning(LabFolder folder) {
        if (!Files.exists(folder.parts()) || !Files.exists(folder.state())) {
            return;
        }
        Lab lab = open(folder.name());
        LabStatus status = lab.status();
        // A region may have been killed on purpose; a lab of which no region is whole is no use to anyone.
        if (lab.state().regions().stream().anyMatch(region -> status.isWhole(region.name()))) {
            throw LabException.precondition("Cannot put up lab \"" + folder.name() + "\": it is running at "
                    + folder.path()
                    + ". Use it (`lifeboat lab status`), take it down first (`lifeboat lab down`), or put up "
                    + "a second one (`lifeboat lab up --name NAME`).");
        }
    }

    private static void clean(LabFolder folder, Progress progress) {
        int killed = LabProcesses.in(folder.path()).killAll();
        releaseSharedMemory(folder);
        boolean remains = folder.clear();
        if (killed > 0 || remains) {
            progress.report("cleaned the remains of an earlier lab (" + killed + " processes)");
        }
    }

    private static void releaseSharedMemory(LabFolder folder) {
        folder.places().forEach(place -> SharedMemory.release(place.resolve("postgresql")));
    }
}
