package io.lifeboat.activity.database.postgresql;

import static io.lifeboat.activity.database.PostgresPair.CANARY;
import static io.lifeboat.activity.database.PostgresPair.EAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.BackupTaker.Part;
import io.lifeboat.activity.backup.BackupTaker.Parts;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresRelease;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What can go wrong while a base backup of a real PostgreSQL is taken. */
@Isolated("one test ends every pg_basebackup of this virtual machine")
@ParameterizedClass(name = "{0}")
@EnumSource(PostgresRelease.class)
class PostgresBaseBackupIT {
    private static PostgresPair pair;

    private final PostgresBaseBackup taker;
    private final PartsInMemory parts = new PartsInMemory();

    PostgresBaseBackupIT(PostgresRelease release) {
        taker = new PostgresBaseBackup(Optional.of(release.programs()));
    }

    @BeforeParameterizedClassInvocation
    static void startPrimary(PostgresRelease release) {
        pair = PostgresPair.primaryOnly(release.programs(), Map.of());
    }

    @AfterParameterizedClassInvocation
    static void stopPrimary() {
        if (pair != null) {
            pair.close();
            pair = null;
        }
    }

    @Test
    void streamThatIsCutLeavesNoPart() {
        Parts cutting = interfering(ProcessHandle::destroyForcibly);

        assertThatThrownBy(() -> taker.take(pair.instance(EAST), cutting))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("pg_basebackup failed with exit code");

        assertThat(parts.finished).isEmpty();
    }

    @Test
    void passwordStandsInNoArgumentList() throws Exception {
        List<String> arguments = new ArrayList<>();

        taker.take(pair.instance(EAST), interfering(process -> arguments.add(argumentsOf(process))));

        assertThat(arguments)
                .isNotEmpty()
                .allSatisfy(list -> assertThat(list).contains("pg_basebackup").doesNotContain(CANARY));
        assertThat(parts.finished).containsOnlyKeys("base.tar");
    }

    @Test
    void refusesAServerWithTablespacesBeforeItReadsAnything() throws Exception {
        administer("SET allow_in_place_tablespaces = on", "CREATE TABLESPACE \"fast disk\" LOCATION ''");
        try {
            assertThatThrownBy(() -> taker.take(pair.instance(EAST), parts))
                    .isInstanceOfSatisfying(
                            BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                    .hasMessageContaining("\"fast disk\"")
                    .hasMessageContaining("logical");
        } finally {
            administer("DROP TABLESPACE \"fast disk\"");
        }
        assertThat(parts.finished).isEmpty();
    }

    @Test
    void saysThatTheRoleMayNotReplicate() throws Exception {
        administer("ALTER ROLE lifeboat NOREPLICATION");
        try {
            assertThatThrownBy(() -> taker.take(pair.instance(EAST), parts))
                    .isInstanceOf(BackupException.class)
                    .hasMessageNotContaining(CANARY)
                    .message()
                    .containsPattern("to start (WAL sender|walsender)");
        } finally {
            administer("ALTER ROLE lifeboat REPLICATION");
        }
    }

    /** Does something to the program as soon as it has written something. */
    private Parts interfering(Consumer<ProcessHandle> interference) {
        return (name, holds) -> {
            Part part = parts.begin(name, holds);
            OutputStream noticing = new FilterOutputStream(part.bytes()) {
                private boolean begun;

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    if (!begun) {
                        begun = true;
                        ProcessHandle.current()
                                .children()
                                .filter(child -> argumentsOf(child).contains("pg_basebackup"))
                                .forEach(interference);
                    }
                    out.write(bytes, offset, length);
                }
            };
            return new Part() {
                @Override
                public OutputStream bytes() {
                    return noticing;
                }

                @Override
                public void finish() throws IOException {
                    part.finish();
                }

                @Override
                public void close() throws IOException {
                    part.close();
                }
            };
        };
    }

    private static String argumentsOf(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private static void administer(String... statements) throws SQLException {
        try (Connection admin = pair.administrator(EAST, "postgres")) {
            for (String statement : statements) {
                pair.execute(admin, statement);
            }
        }
    }
}
