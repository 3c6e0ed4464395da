package io.lifeboat.activity.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.PostgresRelease;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which the recovery of a real base backup cannot be what was asked for. */
class RecoveryDiagnosisIT {
    private static final RecoveryTarget END = new RecoveryTarget.EndOfArchive();

    @TempDir
    private Path spoiled;

    @AutoClose
    private static BackedUpPrimary primary;

    private final RecoverySandbox sandbox = new RecoverySandbox(primary, PostgresRelease.PINNED);

    @BeforeAll
    static void takeBackupAndArchiveLog() throws Exception {
        primary = BackedUpPrimary.start();
    }

    @AfterEach
    void destroySandbox() throws IOException {
        sandbox.close();
    }

    @Test
    void saysThatTheLogEndsBeforeTheTarget() throws Exception {
        assertThatThrownBy(() -> sandbox.recover(new RecoveryTarget.Time(Instant.parse("2099-01-01T00:00:00Z"), true)))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                .hasMessageContaining("time 2099-01-01T00:00:00Z: the archived log ends before it")
                .hasMessageContaining("the last commit replayed is of ")
                .hasMessageContaining(
                        "any moment from " + RecoveryWindow.of(primary.backup()).time());
        assertThat(sandbox.processes().all()).isEmpty();
    }

    @Test
    void namesAMissingSegmentThoughTheServerTakesItForTheEnd() throws Exception {
        WalSource gap = primary.archive().copyTo(spoiled);
        Files.delete(spoiled.resolve(primary.segments().get(1)));

        assertThatThrownBy(() -> sandbox.recover(END, gap))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageContaining("WAL segment " + primary.segments().get(1) + " is missing")
                .hasMessageContaining("goes on to " + primary.segments().get(2));
        assertThatThrownBy(() -> sandbox.recover(new RecoveryTarget.Time(Instant.now(), true), gap))
                .hasMessageContaining("WAL segment " + primary.segments().get(1) + " is missing");
        assertThat(sandbox.processes().all()).isEmpty();
    }

    @Test
    void namesAnEmptySegment() throws Exception {
        WalSource emptied = primary.archive().copyTo(spoiled);
        Files.write(spoiled.resolve(primary.segments().get(1)), new byte[0]);

        assertThatThrownBy(() -> sandbox.recover(END, emptied))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageContaining("WAL segment " + primary.segments().get(1) + " has 0 bytes instead of 1048576");
    }

    @Test
    void findsADamagedSegmentThoughTheServerTakesItForTheEnd() throws Exception {
        WalSource damaged = primary.archive().copyTo(spoiled);
        try (RandomAccessFile segment =
                new RandomAccessFile(spoiled.resolve(primary.segments().get(1)).toFile(), "rw")) {
            segment.seek(60);
            segment.write(new byte[] {1, 2, 3, 4});
        }

        assertThatThrownBy(() -> sandbox.recover(END, damaged))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageContaining("damaged");
    }

    @Test
    void givesUpWhenTheArchiveCannotBeReadInsteadOfEndingEarly() {
        WalSource unreachable = new WalSource() {
            @Override
            public boolean fetch(String fileName, Path to) throws IOException {
                throw new IOException("the bucket does not answer");
            }

            @Override
            public Optional<String> newestSegment(long timeline) {
                return Optional.empty();
            }
        };

        assertThatThrownBy(() -> sandbox.recover(END, unreachable))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("the bucket does not answer");
    }

    @Test
    void cancelledRecoveryLeavesNoProcess() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        WalSource slow = new WalSource() {
            @Override
            public boolean fetch(String fileName, Path to) throws IOException {
                try {
                    cancelled.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return false;
            }

            @Override
            public Optional<String> newestSegment(long timeline) {
                return Optional.empty();
            }
        };
        Consumer<SandboxProgress> cancelling = seen -> {
            if (seen.phase() == SandboxProgress.Phase.REPLAYING) {
                cancelled.countDown();
                throw new CancellationException("the run was aborted");
            }
        };

        assertThatThrownBy(() -> sandbox.recover(END, slow, OptionalLong.empty(), cancelling))
                .isInstanceOf(CancellationException.class);

        assertThat(sandbox.processes().all()).isEmpty();
    }

    @Test
    void refusesATimelineThatTheArchiveHasNot() {
        assertThatThrownBy(() -> sandbox.recover(END, primary.archive(), OptionalLong.of(7)))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                .hasMessageContaining("recovery target timeline 7 does not exist");
    }

    /** As whatever opens and decompresses them might, were it wrong: what was stored is as the manifest says. */
    @Test
    void plainBytesThatAreOthersAreFoundBeforeAServerStarts() {
        assertThatThrownBy(() -> sandbox.recover(FlippedBit::new))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageContaining("The files of backup " + BackedUpPrimary.ID + " are not what was copied: ")
                .message()
                .containsPattern("\\S+ has CRC-32C [0-9a-f]{8}, and its list says [0-9a-f]{8}");
        assertThat(sandbox.folder().resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void flippedBitIsFoundBeforeItIsUnpacked() {
        byte[] whole = primary.store().bytes(BackedUpPrimary.BUCKET, BackedUpPrimary.TAR);
        byte[] flipped = whole.clone();
        flipped[flipped.length / 2] ^= 4;
        primary.store().overwrite(BackedUpPrimary.BUCKET, BackedUpPrimary.TAR, flipped);
        try {
            assertThatThrownBy(() -> sandbox.recover(END))
                    .isInstanceOfSatisfying(
                            BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                    .hasMessageContaining("base.tar has");
        } finally {
            primary.store().overwrite(BackedUpPrimary.BUCKET, BackedUpPrimary.TAR, whole);
        }
        assertThat(sandbox.folder().resolve("data")).isEmptyDirectory();
    }

    /** One in the second MiB, where only files of tables and indexes are. */
    private static final class FlippedBit extends FilterInputStream {
        private static final int AT = 1 << 20;

        private long position;

        FlippedBit(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            if (position <= AT && AT < position + count) {
                bytes[offset + (int) (AT - position)] ^= 4;
            }
            position += Math.max(count, 0);
            return count;
        }
    }
}
