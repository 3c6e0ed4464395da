package io.lifeboat.lab.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.site.Site;
import io.lifeboat.activity.storage.ObjectStore;
import io.lifeboat.activity.storage.ObjectStoreContract;
import io.lifeboat.activity.storage.StoredObject;
import io.lifeboat.activity.storage.s3.S3ObjectStores;
import io.lifeboat.lab.LabState.Credentials;
import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.process.LabProcesses;
import io.lifeboat.lab.process.Launcher;
import io.lifeboat.lab.process.Ports;
import io.lifeboat.lab.tool.Tool;
import io.lifeboat.lab.tool.ToolCache;
import io.lifeboat.runbook.Setting;
import io.lifeboat.workflow.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The S3 adapter on a real SeaweedFS, as the lab runs it. */
class S3ObjectStoreIT extends ObjectStoreContract {

    private static final String ADDRESS = "127.33.2.1";
    private static final String REGION = "us-west-2";
    private static final Credentials KEYS = new Credentials("", "", "access", "not-so-secret");
    private static final int WRITERS = 8;
    private static final int TURNS = 50;
    private static final String RACED_FOR = "epochs/orders.json";

    @TempDir
    private static Path folder;

    private static S3ObjectStores stores;

    @BeforeAll
    static void startSeaweed() throws IOException {
        Region region;
        try (Ports ports = new Ports()) {
            region = new Region(REGION, false, ADDRESS, 0, LabObjectStore.choosePort(ports, ADDRESS), 0, 0);
        }
        Path data = Files.createDirectories(folder.resolve(REGION).resolve("objectstore"));
        LabObjectStore.start(
                ToolCache.ofUser(step -> {}).resolve(Tool.SEAWEEDFS),
                new Launcher(folder),
                region,
                data,
                folder.resolve("seaweedfs.log"),
                KEYS);
        URI endpoint = URI.create("http://" + ADDRESS + ":" + region.objectStorePort());
        Buckets.create(REGION, endpoint, KEYS, List.of(BUCKET));
        stores = new S3ObjectStores(site(endpoint), new Settings(Map.of("SECRET_KEY", KEYS.secretKey())::get));
    }

    private static Site site(URI endpoint) {
        Site.Region region = new Site.Region(
                new Site.Kubernetes(URI.create("http://127.0.0.1:1"), Optional.empty(), Optional.empty()),
                new Site.ObjectStore(
                        Optional.of(endpoint),
                        Optional.of(new Setting(KEYS.accessKey())),
                        Optional.of(new Setting("env:SECRET_KEY"))));
        Site.Route53 dns = new Site.Route53(Optional.empty(), REGION, Optional.empty(), Optional.empty(), List.of());
        return new Site(Map.of(REGION, region), dns);
    }

    @AfterAll
    static void stopSeaweed() {
        if (stores != null) {
            stores.close();
        }
        LabProcesses.in(folder).killAll();
    }

    @Override
    protected ObjectStore store() {
        return stores.in(REGION);
    }

    @Test
    void eachVersionHasOneWinnerHoweverManyWritersRaceForIt() throws Exception {
        List<Callable<Turns>> writers = IntStream.range(0, WRITERS)
                .<Callable<Turns>>mapToObj(w -> () -> takeTurns("writer " + w))
                .toList();
        List<Turns> turns = new ArrayList<>();

        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            for (Future<Turns> taken : threads.invokeAll(writers)) {
                turns.add(taken.get());
            }
        }

        List<Integer> won = turns.stream().flatMap(t -> t.won().stream()).toList();
        long unknown = turns.stream().mapToInt(Turns::unknown).sum();
        int newest = version(store().get(BUCKET, RACED_FOR));
        assertThat(won).doesNotHaveDuplicates().hasSizeGreaterThan(WRITERS).allMatch(version -> version <= newest);
        assertThat(newest - won.size()).isBetween(0, Math.toIntExact(unknown));
    }

    /** @param unknown writes whose outcome the writer was not told, each of which may have made a version */
    private record Turns(List<Integer> won, int unknown) {}

    /** Counts the object's version up, as the takers of an epoch do. */
    private Turns takeTurns(String writer) {
        List<Integer> won = new ArrayList<>();
        int unknown = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            Optional<StoredObject> read = store().get(BUCKET, RACED_FOR);
            int next = version(read) + 1;
            byte[] bytes = (next + " " + writer).getBytes(StandardCharsets.UTF_8);
            try {
                Optional<String> etag = read.isPresent()
                        ? store().putIfMatch(
                                        BUCKET, RACED_FOR, bytes, read.get().etag())
                        : store().putIfAbsent(BUCKET, RACED_FOR, bytes);
                etag.ifPresent(written -> won.add(next));
            } catch (ApplicationFailure failure) {
                // SeaweedFS lets a loser wait for seconds now and then, longer than the adapter does.
                assertThat(failure).matches(FailureType.UNAVAILABLE::is);
                unknown++;
            }
        }
        return new Turns(won, unknown);
    }

    private static int version(Optional<StoredObject> object) {
        return object.map(o -> new String(o.bytes(), StandardCharsets.UTF_8).split(" ", 2)[0])
                .map(Integer::valueOf)
                .orElse(0);
    }
}
