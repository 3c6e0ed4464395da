package io.lifeboat.activity.database.postgresql.pgbackrest;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What pgBackRest calls a database cluster, in one of the repositories that its configuration names.
 *
 * @param repository number of the repository, from 1 on
 * @param config pgBackRest's configuration; absent for the place where it looks by itself
 */
public record Stanza(String name, int repository, Optional<Path> config) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final int REPOSITORIES = 256;

    public Stanza {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a stanza");
        }
        if (repository < 1 || repository > REPOSITORIES) {
            throw new IllegalArgumentException("a repository has a number from 1 to 256, not " + repository);
        }
    }

    /** Where its backup sets are, for the commands that read the repository itself. */
    String setPath(String label) {
        return "backup/" + name + "/" + label;
    }

    String archivePath(String archiveId) {
        return "archive/" + name + "/" + archiveId;
    }

    @Override
    public String toString() {
        return "stanza \"" + name + "\" in repository " + repository;
    }
}
