package io.lifeboat.activity.backup;

import static io.lifeboat.activity.database.PostgresPair.EAST;
import static io.lifeboat.activity.database.PostgresPair.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresTool;
import io.lifeboat.activity.database.postgresql.PostgresLogicalBackup;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.encryption.age.AgeEncryption;
import io.lifeboat.activity.encryption.age.AgeKeys;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.manifest.Manifest.Content;
import io.lifeboat.activity.manifest.ManifestSeal;
import io.lifeboat.activity.storage.LargeObjects.ListedObject;
import io.lifeboat.activity.storage.LargeObjects.Lock;
import io.lifeboat.activity.storage.LargeObjectsInMemory;
import io.lifeboat.workflow.FailureType;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Backups of a real PostgreSQL through the whole chain, and every kind of damage to what is stored. */
@Order(1) // among the longest
class BackupChainIT {
    private static final String BUCKET = "backups";
    private static final String ID = "20261121T020000Z";
    private static final String LATER = "20261122T020000Z";
    private static final BackupPlace PLACE = new BackupPlace(WEST, BUCKET, "orders", "orders-db");
    private static final BackupPlace COPY = new BackupPlace(EAST, BUCKET, "orders", "orders-db");
    private static final String DUMP = "orders/orders-db/" + ID + "/database.dump.zst.age";
    private static final String MANIFEST = "orders/orders-db/" + ID + "/manifest.json";
    private static final Instant RETAIN_UNTIL = Instant.parse("2099-01-01T00:00:00Z");

    private static final AgeKeys WEST_KEY = AgeKeys.generate();
    private static final AgeKeys ESCROW_KEY = AgeKeys.generate();
    private static final KeyPair SIGNING = signingKeys();

    @AutoClose
    private static PostgresPair pair;

    private static DatabaseInstance source;
    /** Restored into by nothing that works. */
    private static DatabaseInstance untouched;

    private final LargeObjectsInMemory west = new LargeObjectsInMemory(BUCKET);
    private final LargeObjectsInMemory east = new LargeObjectsInMemory(BUCKET);
    private final PostgresLogicalBackup engine = new PostgresLogicalBackup(Optional.of(PostgresTool.programs()));
    private final BackupChain chain = chain(WEST_KEY.identity(), SIGNING);

    @BeforeAll
    static void fillSource() throws SQLException {
        pair = PostgresPair.primaryOnly();
        source = pair.newDatabase();
        untouched = pair.newDatabase();
        try (Connection session = pair.session(source)) {
            pair.execute(session, "CREATE TABLE orders (id int PRIMARY KEY, what text)");
            pair.execute(session, "INSERT INTO orders SELECT n, md5(n::text) FROM generate_series(1, 20000) n");
        }
    }

    @Test
    void restoresWhatWasTaken() throws SQLException {
        DatabaseInstance target = pair.newDatabase();
        Manifest taken = take(ID);

        List<Content> restored = chain.restore(engine, PLACE, ID, target).contents();

        assertThat(restored).isEqualTo(taken.contents());
        assertThat(tables(target)).isEqualTo(1);
        assertThat(taken.storedBytes())
                .isPositive()
                .isLessThan(taken.parts().getFirst().sums().plainBytes());
    }

    @Test
    void escrowKeyAloneOpensIt() throws SQLException {
        DatabaseInstance target = pair.newDatabase();
        take(ID);

        chain(ESCROW_KEY.identity(), SIGNING).restore(engine, PLACE, ID, target);

        assertThat(tables(target)).isEqualTo(1);
    }

    @Test
    void strangersKeyOpensNothing() throws SQLException {
        take(ID);

        BackupChain stranger = chain(AgeKeys.generate().identity(), SIGNING);

        assertThatThrownBy(() -> stranger.restore(engine, PLACE, ID, untouched))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                .hasMessageContaining("sealed for [escrow, us-west-2]");
        assertThat(tables(untouched)).isZero();
    }

    @Test
    void takingItAgainGivesTheBackupThatIsThereAndTouchesNothing() {
        Manifest first = take(ID);
        byte[] dump = west.bytes(BUCKET, DUMP);

        assertThat(take(ID)).isEqualTo(first);

        assertThat(west.bytes(BUCKET, DUMP)).isEqualTo(dump);
        assertThat(keys(west)).hasSize(3);
    }

    @Test
    void takingItAgainReplacesWhatWasNotFinished() {
        take(ID);
        west.delete(BUCKET, MANIFEST);
        replace(DUMP, bytes -> Arrays.copyOf(bytes, 100));

        take(ID);

        assertThat(chain.verify(PLACE, ID).id()).isEqualTo(ID);
        assertThat(keys(west)).hasSize(3);
    }

    @Test
    void backupThatFailsLeavesNothingToBeSeen() {
        DatabaseInstance gone =
                new DatabaseInstance("orders-db", EAST, source.connection().replaceFirst("/db\\d+$", "/nowhere"));

        assertThatThrownBy(() -> chain.take(engine, gone, BackupOrder.of(PLACE, ID, RETAIN_UNTIL)))
                .isInstanceOf(RuntimeException.class);

        assertThat(keys(west)).isEmpty();
    }

    @Test
    void backupThatIsTooSmallDoesNotComeToExist() {
        assertThatThrownBy(() -> chain.take(
                        engine, source, BackupOrder.of(PLACE, ID, RETAIN_UNTIL).atLeast(1_000_000_000)))
                .hasMessageStartingWith(
                        "Cannot accept backup " + ID + " of orders/orders-db in " + WEST + ": it has only ")
                .hasMessageContaining("`minSize` is 1000000000");

        assertThat(keys(west)).doesNotContain(MANIFEST);
    }

    @Test
    void everyObjectIsLockedUntilTheManifestsDate() {
        chain.take(engine, source, BackupOrder.of(PLACE, ID, RETAIN_UNTIL).lockedBy(Lock.Mode.COMPLIANCE));

        assertThat(keys(west))
                .hasSize(3)
                .allSatisfy(key -> assertThatThrownBy(() -> west.delete(BUCKET, key))
                        .matches(FailureType.PRECONDITION_FAILED::is));
    }

    @Test
    void copyIsABackupOfItsOwn() throws SQLException {
        DatabaseInstance target = pair.newDatabase();
        Manifest taken = take(ID);

        chain.copy(PLACE, COPY, ID, Optional.empty());
        keys(west).forEach(key -> west.delete(BUCKET, key));

        assertThat(chain.restore(engine, COPY, ID, target).contents()).isEqualTo(taken.contents());
        assertThat(tables(target)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("damages")
    void damagedBackupIsNotCopied(Damage damage) {
        take(ID);
        take(LATER);
        damage.effect().accept(this);

        assertThatThrownBy(() -> chain.copy(PLACE, COPY, ID, Optional.empty())).isInstanceOf(RuntimeException.class);

        assertThat(keys(east)).doesNotContain(MANIFEST);
    }

    @ParameterizedTest
    @MethodSource("damages")
    void damageIsFoundBeforeAnythingIsRestored(Damage damage) throws SQLException {
        take(ID);
        take(LATER);

        damage.effect().accept(this);

        assertThatThrownBy(() -> chain.restore(engine, PLACE, ID, untouched))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining(damage.words())
                .hasMessageNotContaining(PostgresPair.CANARY);
        assertThat(tables(untouched)).isZero();
    }

    /** It is found only when most of the dump went in. */
    @Test
    void noRowIsLeftOfATableWhoseDumpIsDamagedAtItsEnd() throws SQLException {
        DatabaseInstance large = pair.newDatabase();
        DatabaseInstance target = pair.newDatabase();
        try (Connection session = pair.session(large)) {
            pair.execute(session, "CREATE TABLE orders (id int PRIMARY KEY, what bytea)");
            pair.execute(session, """
                    INSERT INTO orders
                    SELECT n, (SELECT decode(string_agg(md5(random()::text || m || n), ''), 'hex') FROM generate_series(1, 400) m)
                      FROM generate_series(1, 3000) n
                    """);
        }
        Manifest taken = chain.take(engine, large, BackupOrder.of(PLACE, ID, RETAIN_UNTIL));
        assertThat(taken.parts().getFirst().sums().sealedBeginnings()).isNotEmpty();
        change(DUMP, bytes -> bytes[bytes.length - 100] ^= 4);

        assertThatThrownBy(() -> chain.restore(engine, PLACE, ID, target))
                .isInstanceOfSatisfying(
                        BackupException.class,
                        e -> assertThat(e.isOfStoredBytes()).isTrue())
                .hasMessageContaining("database.dump has other bytes than were stored, between 16777216 and");

        assertThat(count(target, "orders")).isZero();
    }

    /** What can happen to a stored backup, and a word of how it is told. */
    private record Damage(String name, String words, Consumer<BackupChainIT> effect) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Damage> damages() {
        return Stream.of(
                new Damage(
                        "a bit flips",
                        "database.dump has",
                        test -> test.change(DUMP, bytes -> bytes[bytes.length / 2] ^= 4)),
                new Damage(
                        "an object is cut off",
                        "database.dump has",
                        test -> test.replace(DUMP, bytes -> Arrays.copyOf(bytes, bytes.length * 3 / 10))),
                new Damage(
                        "an object is empty",
                        "database.dump has 0 bytes",
                        test -> test.replace(DUMP, bytes -> new byte[0])),
                new Damage(
                        "a part is missing",
                        "database.dump is missing. Use its copy",
                        test -> test.west.delete(BUCKET, DUMP)),
                new Damage(
                        "a part is another backup's",
                        "database.dump has",
                        test -> test.replace(DUMP, bytes -> test.west.bytes(BUCKET, DUMP.replace(ID, LATER)))),
                new Damage(
                        "the manifest is missing",
                        "there is no such object",
                        test -> test.west.delete(BUCKET, MANIFEST)),
                new Damage(
                        "the manifest is cut off",
                        "cannot be trusted",
                        test -> test.replace(MANIFEST, bytes -> Arrays.copyOf(bytes, 100))),
                new Damage("the backup is forged", "no key that this worker trusts", test -> {
                    test.west.delete(BUCKET, MANIFEST);
                    test.take(test.chain(WEST_KEY.identity(), signingKeys()), PLACE, ID);
                }),
                new Damage(
                        "the manifest is another backup's",
                        "it is the manifest of orders/orders-db/" + LATER,
                        test -> test.replace(MANIFEST, bytes -> test.west.bytes(BUCKET, MANIFEST.replace(ID, LATER)))),
                new Damage(
                        "the manifest is another service's", "it is the manifest of billing/orders-db/" + ID, test -> {
                            test.take(test.chain, new BackupPlace(WEST, BUCKET, "billing", "orders-db"), ID);
                            test.replace(
                                    MANIFEST,
                                    bytes -> test.west.bytes(BUCKET, MANIFEST.replaceFirst("orders", "billing")));
                        }));
    }

    private interface Change {
        byte[] of(byte[] bytes);
    }

    private void replace(String key, Change change) {
        west.overwrite(BUCKET, key, change.of(west.bytes(BUCKET, key)));
    }

    private void change(String key, Consumer<byte[]> change) {
        byte[] bytes = west.bytes(BUCKET, key).clone();
        change.accept(bytes);
        west.overwrite(BUCKET, key, bytes);
    }

    private Manifest take(String id) {
        return take(chain, PLACE, id);
    }

    private Manifest take(BackupChain by, BackupPlace place, String id) {
        return by.take(engine, source, BackupOrder.of(place, id, RETAIN_UNTIL));
    }

    private BackupChain chain(String identity, KeyPair signing) {
        Encryption encryption = new AgeEncryption(
                Map.of("us-west-2", WEST_KEY.recipient(), "escrow", ESCROW_KEY.recipient()), List.of(identity));
        return new BackupChain(
                region -> region.equals(WEST) ? west : east,
                encryption,
                new ManifestSeal("2026", signing.getPrivate(), Map.of("2026", signing.getPublic())),
                Clock.systemUTC());
    }

    private static List<String> keys(LargeObjectsInMemory store) {
        return store.list(BUCKET, "").stream().map(ListedObject::key).toList();
    }

    private static KeyPair signingKeys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int tables(DatabaseInstance database) throws SQLException {
        return count(database, "pg_class WHERE relname = 'orders'");
    }

    private static int count(DatabaseInstance database, String from) throws SQLException {
        try (Connection session = pair.session(database);
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + from)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
