package io.lifeboat.activity.backup;

import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.database.postgresql.RecoveryWindow;
import io.lifeboat.activity.encryption.age.AgeEncryption;
import io.lifeboat.activity.encryption.age.AgeKeys;
import io.lifeboat.activity.manifest.EnvelopeSeal;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjectsInMemory;
import io.lifeboat.activity.storage.Upload;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BackupPolicy.Method;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Keep;
import io.lifeboat.runbook.LogArchive;
import io.lifeboat.workflow.FailureType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Backups of one datastore in two regions, really sealed and signed, of a database that is a sentence. */
public final class NightsInMemory {
    public static final String EAST = "us-east-1";
    public static final String WEST = "us-west-2";
    static final String BUCKET = "backups";
    public static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

    final Map<String, LargeObjectsInMemory> stores = Map.of(
            EAST, new LargeObjectsInMemory(Clock.fixed(NOW, ZoneOffset.UTC), BUCKET),
            WEST, new LargeObjectsInMemory(Clock.fixed(NOW, ZoneOffset.UTC), BUCKET));
    public final Set<String> lost = new TreeSet<>();
    public final Set<String> refusing = new TreeSet<>();
    public final BackupChains chains;
    final BackupCatalog catalog = new BackupCatalog(this::store);

    public NightsInMemory() {
        AgeKeys key = AgeKeys.generate();
        AgeEncryption encryption = new AgeEncryption(Map.of("escrow", key.recipient()), List.of(key.identity()));
        KeyPair signing = keys();
        EnvelopeSeal seal = new EnvelopeSeal("test", signing.getPrivate(), Map.of("test", signing.getPublic()));
        chains = new BackupChains(this::store, dataClass -> encryption, () -> seal, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private LargeObjects store(String region) {
        if (lost.contains(region)) {
            throw FailureType.UNAVAILABLE.failure("The store in " + region + " does not answer.");
        }
        if (refusing.contains(region)) {
            throw FailureType.PRECONDITION_FAILED.failure("The store in " + region + " refuses the key.");
        }
        return stores.get(region);
    }

    /** Kept daily for three days; written in the west, copied to the east. */
    public static BackupPolicy policy(String name, Duration every) {
        return new BackupPolicy(
                name,
                Method.LOGICAL,
                every,
                "critical",
                new BucketPlace(WEST, BUCKET),
                List.of(new BucketPlace(EAST, BUCKET)),
                new Keep(0, 3, 0, 0, 0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Of base backups with the log after them, kept in one region only. */
    public static BackupPolicy toAnyMoment(String name, String region) {
        BackupPolicy policy = policy(name, Duration.ofDays(1));
        return new BackupPolicy(
                name,
                Method.BASEBACKUP,
                policy.every(),
                policy.dataClass(),
                new BucketPlace(region, BUCKET),
                List.of(),
                policy.keep(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new LogArchive(Duration.ofSeconds(5))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static Datastore datastore(BackupPolicy... policies) {
        return new Datastore(
                "orders-db", Datastore.Kind.POSTGRESQL, List.of(), Duration.ofSeconds(60), List.of(policies));
    }

    static BackupPlace place(String region) {
        return new BackupPlace(region, BUCKET, "orders", "orders-db");
    }

    /** A whole backup, so many days ago. */
    public String take(String region, String policy, int daysAgo) {
        return take(region, policy, daysAgo, Map.of());
    }

    /** A backup that holds only this, so many days ago. */
    public String takeOnly(String what, String region, String policy, int daysAgo) {
        return take(region, policy, daysAgo, Map.of(Manifest.HOLDS_ONLY, what));
    }

    /** A base backup that can be recovered to any moment after it. */
    public String takeBase(String region, String policy, int daysAgo) {
        return take(
                region,
                policy,
                daysAgo,
                RecoveryWindow.facts(Lsn.parse("0/3000000"), NOW.minus(Duration.ofDays(daysAgo))));
    }

    /** A whole backup that is based on another one. */
    String take(String region, String policy, int daysAgo, Optional<String> base) {
        return take(
                region,
                policy,
                daysAgo,
                base.map(id -> Map.of(Manifest.BASED_ON, id)).orElse(Map.of()));
    }

    private String take(String region, String policy, int daysAgo, Map<String, String> source) {
        String id = new BackupId(NOW.minus(Duration.ofDays(daysAgo)), policy).toString();
        chains.of("critical", bytes -> {})
                .take(
                        new SentenceTaker(source),
                        source(),
                        BackupOrder.of(place(region), id, NOW.minus(Duration.ofDays(daysAgo))));
        return id;
    }

    static BackupTaker taker(Optional<String> base) {
        return new SentenceTaker(base.map(id -> Map.of(Manifest.BASED_ON, id)).orElse(Map.of()));
    }

    static DatabaseInstance source() {
        return new DatabaseInstance("orders-db", EAST, "");
    }

    void copy(String id) {
        chains.of("critical", bytes -> {}).copy(place(WEST), place(EAST), id, Optional.empty());
    }

    void put(String region, String key) {
        try (Upload upload = stores.get(region).create(BUCKET, key, Optional.empty())) {
            upload.write("x".getBytes(StandardCharsets.UTF_8));
            upload.complete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Flips a bit in the middle of an object. */
    public void spoil(String region, String key) {
        byte[] spoiled = stores.get(region).bytes(BUCKET, key).clone();
        spoiled[spoiled.length / 2] ^= 4;
        stores.get(region).overwrite(BUCKET, key, spoiled);
    }

    List<String> ids(String region) {
        return catalog.list(place(region)).stream()
                .filter(BackupCatalog.Entry::exists)
                .map(BackupCatalog.Entry::id)
                .toList();
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private record SentenceTaker(Map<String, String> source) implements BackupTaker {
        @Override
        public String method() {
            return "logical";
        }

        @Override
        public Taken take(DatabaseInstance database, Parts parts) throws IOException {
            try (Part part = parts.begin("database.dump", "a sentence")) {
                part.bytes().write("All orders are here.".getBytes(StandardCharsets.UTF_8));
                part.finish();
            }
            return new Taken(NOW, source, Map.of(), List.of());
        }
    }
}
