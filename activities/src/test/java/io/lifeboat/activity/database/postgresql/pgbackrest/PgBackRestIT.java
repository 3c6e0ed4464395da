package io.lifeboat.activity.database.postgresql.pgbackrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.manifest.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Backups that a real pgBackRest takes of a real PostgreSQL, and what becomes of them in its repository. */
class PgBackRestIT {
    private static final String FULL = "20261121T020000Z-nightly";
    private static final String DIFF = "20261122T020000Z-nightly";
    private static final String INCR = "20261123T020000Z-nightly";

    @AutoClose
    private static PgBackRestPrimary primary;

    private static Manifest full;
    private static Manifest diff;
    private static Manifest incr;

    @BeforeAll
    static void takeThreeBackups() throws Throwable {
        primary = PgBackRestPrimary.start();
        full = primary.take(FULL, BackupType.FULL);
        diff = primary.take(DIFF, BackupType.DIFF);
        incr = primary.take(INCR, BackupType.INCR);
    }

    @Test
    void eachBackupNamesTheOneItIsBasedOn() {
        assertThat(full.basedOn()).isEmpty();
        assertThat(diff.basedOn()).contains(FULL);
        assertThat(incr.basedOn()).contains(DIFF);
        assertThat(List.of(full, diff, incr))
                .extracting(backup -> backup.source().get("type"))
                .containsExactly("full", "diff", "incr");
    }

    @Test
    void manifestSaysWhereTheBackupStandsAndWhoTookIt() throws Throwable {
        assertThat(full.method()).isEqualTo("pgbackrest");
        assertThat(full.tools().get("pgbackrest")).startsWith("pgBackRest 2.");
        assertThat(full.source())
                .containsEntry("systemIdentifier", primary.ask("SELECT system_identifier FROM pg_control_system()"))
                .containsEntry("timeline", "1")
                .containsEntry("database", "orders")
                .containsEntry("stanza", PgBackRestPrimary.STANZA)
                .containsKeys("lsn", "endLsn", "endTime", "label");
        assertThat(full.storedElsewhere()).isGreaterThan(1_000_000);
        assertThat(incr.storedElsewhere()).isLessThan(full.storedElsewhere() / 4);
        assertThat(full.parts()).extracting(Manifest.Part::name).containsExactly("backup.manifest");
    }

    @Test
    void workerThatWasLostAfterTheCopyTakesNothingTwice() throws Throwable {
        String id = "20261124T020000Z-nightly";
        primary.repository().backup(BackupType.INCR, id, bytes -> {});

        Manifest taken = primary.take(id, BackupType.INCR);

        assertThat(primary.repository().look().sets())
                .filteredOn(set -> set.id().filter(id::equals).isPresent())
                .singleElement()
                .satisfies(set -> assertThat(taken.source()).containsEntry("label", set.label()));
    }

    @Test
    void wholeBackupIsVerified() throws Throwable {
        assertThat(primary.repository().verify(incr, () -> {}))
                .matches("\\d{3,} files and \\d+ segments of the log compared.*");
    }

    @Test
    void flippedByteInAFileOfTheRepositoryIsNoticed() throws Throwable {
        whileDamaged(
                largestFile("backup/orders/" + full.source().get("label")),
                () -> assertThatThrownBy(() -> primary.repository().verify(incr, () -> {}))
                        .isInstanceOfSatisfying(
                                BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                        .hasMessageContaining("Backup " + INCR)
                        .hasMessageContaining("Use the other repository"));
    }

    @Test
    void flippedByteInTheArchivedLogIsNoticed() throws Throwable {
        whileDamaged(
                largestFile("archive"),
                () -> assertThatThrownBy(() -> primary.repository().verify(full, () -> {}))
                        .isInstanceOfSatisfying(
                                BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                        .hasMessageContaining("segments are as they were"));
    }

    @Test
    void changedListOfFilesIsNoticedThoughPgBackRestIsContentWithIt() throws Throwable {
        Path list = primary.stored("backup/orders/" + full.source().get("label") + "/backup.manifest");

        whileDamaged(
                list,
                () -> assertThatThrownBy(() -> primary.repository().verify(full, () -> {}))
                        .isInstanceOfSatisfying(
                                BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                        .hasMessageContaining("is not the one that was taken"));
    }

    @Test
    void setThatIsGoneIsNoticed() throws Throwable {
        Path set = primary.stored("backup/orders/" + diff.source().get("label"));
        Path aside = primary.folder("aside").resolve("set");
        Files.move(set, aside);
        try {
            assertThatThrownBy(() -> primary.repository().verify(diff, () -> {}))
                    .isInstanceOfSatisfying(
                            BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT));
        } finally {
            Files.move(aside, set);
        }
    }

    @Test
    void wrongPassphraseIsNamedAndNotShown() throws Throwable {
        PgBackRest stranger = primary.withPassphrase("another-passphrase");

        assertThatThrownBy(() -> stranger.verify(full, () -> {}))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                .hasMessageContaining("stanza \"orders\" in repository 1")
                .hasMessageContaining("the passphrase is another")
                .hasMessageNotContaining("another-passphrase");
    }

    @Test
    void stanzaOfAnotherSystemIsRefusedBeforeAnythingIsCopied() throws Throwable {
        try (PostgresPair another = PostgresPair.primaryOnly()) {
            assertThatThrownBy(() -> primary.repository()
                            .taker("20261125T020000Z-nightly", Rhythm.always(BackupType.FULL), bytes -> {})
                            .take(another.instance(PostgresPair.EAST), (name, holds) -> {
                                throw new IOException("nothing may be stored");
                            }))
                    .isInstanceOfSatisfying(
                            BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                    .hasMessageContaining("is of system " + full.source().get("systemIdentifier"));
        }
    }

    @Test
    void secretStandsInNoArgumentListAndASecondRunIsToldToWait() throws Throwable {
        List<String> arguments = new ArrayList<>();
        AtomicReference<BackupException> second = new AtomicReference<>();
        primary.repository().backup(BackupType.FULL, "20261126T020000Z-nightly", bytes -> {
            if (arguments.isEmpty()) {
                arguments.addAll(argumentLists());
                second.set(failure(() -> primary.repository().backup(BackupType.FULL, "x", more -> {})));
            }
        });

        assertThat(arguments)
                .anyMatch(list -> list.contains("pgbackrest"))
                .noneMatch(list -> list.contains(PgBackRestPrimary.PASSPHRASE));
        assertThat(second.get().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(second.get()).hasMessageContaining("Another pgBackRest works on this stanza");
    }

    @Test
    void interruptedBackupEndsItsProgramAndGivesTheLockBack() throws Throwable {
        CountDownLatch copying = new CountDownLatch(1);
        AtomicReference<Thread> worker = new AtomicReference<>();
        CompletableFuture<Void> interrupted = CompletableFuture.runAsync(
                () -> {
                    worker.set(Thread.currentThread());
                    assertThatThrownBy(() -> primary.repository().backup(BackupType.FULL, "interrupted", bytes -> {
                                copying.countDown();
                            }))
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining("interrupted");
                },
                task -> Thread.ofPlatform().start(task));
        assertThat(copying.await(60, TimeUnit.SECONDS)).isTrue();

        worker.get().interrupt();

        interrupted.get(60, TimeUnit.SECONDS);
        primary.repository().backup(BackupType.INCR, "20261127T020000Z-nightly", bytes -> {});
        assertThat(primary.repository().look().taken("interrupted")).isEmpty();
    }

    @Test
    void saysWhatToInstallWhereTheProgramIsNot() {
        PgBackRest without =
                new PgBackRest(primary.stanza(), Optional.of(Path.of("/nowhere/pgbackrest")), Optional.empty());

        assertThatThrownBy(() -> without.verify(full, () -> {}))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                .hasMessageContaining("/nowhere/pgbackrest")
                .hasMessageContaining("Install it on the worker");
    }

    private static BackupException failure(ThrowingCallable call) {
        return (BackupException) org.assertj.core.api.Assertions.catchThrowable(call);
    }

    /** The file whose damage is surest to be in the middle of data. */
    private static Path largestFile(String below) throws IOException {
        try (var files = Files.walk(primary.stored(below))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*/(pg_data|15-1)/.*\\.zst"))
                    .max(java.util.Comparator.comparingLong(
                            file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void whileDamaged(Path file, ThrowingCallable expectation) throws Throwable {
        byte[] bytes = Files.readAllBytes(file);
        byte[] damaged = bytes.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);
        try {
            expectation.call();
        } finally {
            Files.write(file, bytes);
        }
    }

    private static List<String> argumentLists() {
        List<String> lines = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    lines.add(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .replace('\0', ' '));
                } catch (IOException gone) {
                    lines.add("");
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return lines;
    }
}
