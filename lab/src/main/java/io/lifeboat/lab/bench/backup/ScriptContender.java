package io.lifeboat.lab.bench.backup;

import io.lifeboat.lab.LabException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A script of bench/backup that stores below its own name in the bucket. */
class ScriptContender implements Contender {
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final String name;
    private final Path script;
    private final Cluster source;
    private final BenchStore store;
    private final Map<String, String> environment = new TreeMap<>();

    ScriptContender(String name, Path script, Cluster source, BenchStore store, Path work, BenchKeys keys)
            throws IOException {
        this.name = name;
        this.script = script;
        this.source = source;
        this.store = store;
        environment.putAll(Map.of(
                "PROGRAMS", source.programs().toString(),
                "PGHOST", "127.0.0.1",
                "PGPORT", Integer.toString(source.port()),
                "PGUSER", Cluster.USER,
                "PGPASSWORD", source.password(),
                "PGDATABASE", Cluster.DATABASE,
                "TARGET", Cluster.TARGET,
                "WORK", work.toString(),
                "CLUSTER", source.folder().toString()));
        environment.putAll(Map.of(
                "ENDPOINT", store.endpoint().toString(),
                "BUCKET", BenchStore.BUCKET,
                "RECIPIENTS", keys.writeRecipients(work).toString(),
                "IDENTITY", keys.writeIdentity(work).toString(),
                "AWS_ACCESS_KEY_ID", BenchStore.KEYS.accessKey(),
                "AWS_SECRET_ACCESS_KEY", BenchStore.KEYS.secretKey(),
                "AWS_DEFAULT_REGION", BenchStore.REGION,
                // As Lifeboat does there: SeaweedFS refuses some of the SDK's trailing checksums.
                "AWS_REQUEST_CHECKSUM_CALCULATION", "when_required"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Cluster source() {
        return source;
    }

    @Override
    public boolean inThisJvm() {
        return false;
    }

    @Override
    public void backUp() throws IOException {
        run("backup");
    }

    @Override
    public void restore() throws IOException {
        run("restore");
    }

    @Override
    public long storedBytes() throws IOException {
        return store.storedBytes(name + "/");
    }

    @Override
    public long restoredRows() throws IOException {
        return Cluster.rows(source.instance(Cluster.TARGET));
    }

    @Override
    public void tidy() throws IOException {
        store.remove(name + "/");
        source.createTarget();
    }

    final void set(String variable, String value) {
        environment.put(variable, value);
    }

    final void run(String verb) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString(), verb)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log().toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw LabException.failed(script.getFileName() + " " + verb + " failed. Look at " + log() + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + script.getFileName() + " ran");
        }
    }

    private Path log() {
        return Path.of(String.valueOf(environment.get("WORK"))).resolve(name + ".log");
    }
}
