package io.lifeboat.activity.database.postgresql.pgbackrest;

import io.lifeboat.activity.backup.BackupEngines.Assignment;
import io.lifeboat.activity.backup.BackupEngines.Engine;
import io.lifeboat.activity.backup.BackupTaker;
import io.lifeboat.activity.backup.OwnRepository;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.PgBackRestSettings;
import java.nio.file.Path;
import java.util.Optional;

/** The repositories of pgBackRest that policies name, by the program on this machine. */
public final class PgBackRestEngine implements Engine {
    private final Optional<Path> program;
    private final Optional<String> runAs;

    /**
     * @param program absent to find it on the {@code PATH}
     * @param runAs the user it runs as, who must be able to read its configuration; absent for the worker's own
     */
    public PgBackRestEngine(Optional<Path> program, Optional<String> runAs) {
        this.program = program;
        this.runAs = runAs;
    }

    /** The repository of a policy whose method is {@code pgbackrest}. */
    public PgBackRest of(BackupPolicy policy) {
        PgBackRestSettings settings = settings(policy);
        return new PgBackRest(
                new Stanza(
                        settings.stanza(),
                        settings.repository(),
                        settings.config().map(Path::of)),
                program,
                runAs);
    }

    @Override
    public BackupTaker taker(Assignment assignment) {
        PgBackRestSettings settings = settings(assignment.policy());
        return of(assignment.policy())
                .taker(
                        assignment.id(),
                        new Rhythm(
                                settings.full(),
                                BackupType.of(settings.between().name())),
                        assignment.progress());
    }

    @Override
    public Optional<OwnRepository> repository(BackupPolicy policy) {
        return Optional.of(of(policy));
    }

    /** A runbook without them is refused when it is read. */
    private static PgBackRestSettings settings(BackupPolicy policy) {
        return policy.pgbackrest().orElseThrow();
    }
}
