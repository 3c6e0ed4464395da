package io.lifeboat.lab;

import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.objectstore.Buckets;
import io.lifeboat.lab.objectstore.LabObjectStore;
import io.lifeboat.lab.postgres.LabPostgres;
import io.lifeboat.lab.postgres.PostgresSite;
import io.lifeboat.lab.process.Launcher;
import io.lifeboat.lab.temporal.LabTemporal;
import io.lifeboat.lab.tool.InstalledTool;
import io.lifeboat.lab.tool.Tool;
import io.lifeboat.lab.tool.ToolCache;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Starts the parts of a new lab, each as soon as what it needs is there. */
@SuppressWarnings("FutureReturnValueIgnored") // StartupSteps waits for every step and throws what failed
final class LabStartup {

    private final LabFolder folder;
    private final LabBlueprint blueprint;
    private final LabState state;
    private final Launcher launcher;
    private final Progress progress;

    LabStartup(LabFolder folder, LabBlueprint blueprint, Launcher launcher, Progress progress) {
        this.folder = folder;
        this.blueprint = blueprint;
        this.state = blueprint.state();
        this.launcher = launcher;
        this.progress = progress;
    }

    /** Returns when every part is ready, or throws the first failure when nothing is being started any more. */
    List<Part> run(boolean applications) {
        ToolCache tools = ToolCache.ofUser(progress);
        try (StartupSteps steps = new StartupSteps(folder, launcher, progress)) {
            CompletableFuture<InstalledTool> postgres = steps.start(() -> tools.resolve(Tool.POSTGRESQL));
            CompletableFuture<InstalledTool> weed = steps.start(() -> tools.resolve(Tool.SEAWEEDFS));
            CompletableFuture<InstalledTool> cli = steps.start(() -> tools.resolve(Tool.TEMPORAL));

            CompletableFuture<Part> primary = steps.part(postgres, this::primaryDatabase);
            steps.part(primary, ready -> standbyDatabase(postgres.join()));
            CompletableFuture<Part> temporal = steps.part(cli, this::temporal);
            for (Region region : state.regions()) {
                steps.part(weed, tool -> objectStore(tool, region));
            }
            if (applications) {
                startApplications(steps, postgres, primary, temporal);
            }
            return steps.await();
        }
    }

    private void startApplications(
            StartupSteps steps,
            CompletableFuture<InstalledTool> postgres,
            CompletableFuture<Part> database,
            CompletableFuture<Part> temporal) {
        Applications applications = new Applications(folder, state, launcher);
        if (JvmRole.OUTSIDE.isPresent()) {
            steps.part(steps.start(() -> applications), Applications::outside);
        }
        if (JvmRole.REGION.isPresent()) {
            for (Region region : state.regions()) {
                steps.part(database, ready -> applications.region(region));
            }
        }
        if (JvmRole.WORKER.isPresent()) {
            steps.part(temporal, ready -> applications.worker(blueprint.workerPort(), folderOf(postgres.join())));
        }
    }

    private static Path folderOf(InstalledTool tool) {
        return tool.executable().toAbsolutePath().resolveSibling("");
    }

    private Part primaryDatabase(InstalledTool postgres) {
        database(postgres, state.primary()).createPrimary();
        return part(postgres, state.primary());
    }

    private Part standbyDatabase(InstalledTool postgres) {
        LabPostgres standby = database(postgres, state.standby());
        standby.createStandby(site(state.primary()));
        standby.makeDurable();
        database(postgres, state.primary()).makeDurable();
        return part(postgres, state.standby());
    }

    private LabPostgres database(InstalledTool postgres, Region region) {
        PostgresSite site = site(region);
        folder.createFolder(site.folder());
        return new LabPostgres(postgres, launcher, site, state.credentials());
    }

    private static Part part(InstalledTool postgres, Region region) {
        return Part.product(
                region.name(), "postgresql", "PostgreSQL", postgres.version(), region.address(), region.databasePort());
    }

    private PostgresSite site(Region region) {
        return new PostgresSite(
                region.name(),
                folder.place(region.name()).resolve("postgresql"),
                folder.log(region.name() + "-postgresql"),
                region.address(),
                region.databasePort());
    }

    private Part objectStore(InstalledTool weed, Region region) {
        Path data = folder.createFolder(folder.place(region.name()).resolve("object-store"));
        Path log = folder.log(region.name() + "-object-store");
        LabObjectStore.start(weed, launcher, region, data, log, state.credentials());
        List<String> buckets = region.primary() ? List.of(Buckets.BACKUPS) : List.of(Buckets.LEDGER, Buckets.BACKUPS);
        URI endpoint = URI.create("http://%s:%d".formatted(region.address(), region.objectStorePort()));
        Buckets.create(region.name(), endpoint, state.credentials(), buckets);
        return Part.product(
                region.name(), "object-store", "SeaweedFS", weed.version(), region.address(), region.objectStorePort());
    }

    private Part temporal(InstalledTool cli) {
        String place = state.standby().name();
        Path data = folder.createFolder(folder.place(place).resolve("temporal"));
        String target = state.temporal().target();
        int port = Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
        int uiPort = URI.create(state.temporal().ui()).getPort();
        LabTemporal.start(cli, launcher, data, folder.log("temporal"), port, uiPort);
        return Part.product(place, "temporal", "Temporal", cli.version(), LabTemporal.ADDRESS, port);
    }
}
