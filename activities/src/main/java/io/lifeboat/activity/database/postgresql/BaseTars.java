package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.postgresql.SandboxProgress.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The tars of an incremental {@link PostgresBaseBackup} and of those it is based on, put together by {@code pg_combinebackup}. It needs
 * room for all of them and for what it makes of them.
 *
 * @param newestFirst the backup itself first, the full one last
 */
public record BaseTars(List<BaseTar> newestFirst) implements BaseFiles {
    private static final String PROGRAM = "pg_combinebackup";

    public BaseTars {
        newestFirst = List.copyOf(newestFirst);
    }

    @Override
    public Written write(Path data, SandboxPrograms programs, Deadline deadline, Progress progress) throws IOException {
        BaseTar newest = newestFirst.getFirst();
        if (newestFirst.size() == 1) {
            return newest.write(data, programs, deadline, progress);
        }
        long begun = System.nanoTime();
        List<Path> folders = new ArrayList<>();
        long bytes = 0;
        for (BaseTar tar : newestFirst.reversed()) {
            Path folder = programs.makeFolder("link-" + folders.size());
            long before = bytes;
            bytes += tar.unpack(folder, programs, deadline, (phase, moved) -> progress.at(phase, before + moved));
            folders.add(folder);
        }
        combine(folders, data, programs, deadline, progress, bytes);
        for (Path folder : folders) {
            programs.deleteFolder(folder);
        }
        Duration unpack = BaseTar.since(begun);
        long verifying = System.nanoTime();
        BaseTar.verify(newest.id(), data, List.of(), programs, deadline, progress);
        return new Written(bytes, unpack, BaseTar.since(verifying));
    }

    /** It refuses links that do not follow one another, and writes a list of the files it has made. */
    private static void combine(
            List<Path> folders, Path data, SandboxPrograms programs, Deadline deadline, Progress progress, long bytes)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--no-sync", "--output=" + data));
        if (programs.majorVersion(PROGRAM) >= 18) {
            // What did not change need not be there twice: the links' folders go before anybody writes to the files.
            arguments.add("--link");
        }
        folders.forEach(folder -> arguments.add(folder.toString()));
        Process combining = programs.startPostgres(PROGRAM, PROGRAM, arguments);
        programs.await(combining, deadline, () -> progress.at(Phase.COMBINING, bytes), PROGRAM);
    }
}
