package io.lifeboat.lab.postgres;

import io.lifeboat.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The user PostgreSQL runs as: ourselves, or an unprivileged one where we are root, because it refuses to be root. */
public final class ServerUser {

    private static final int NOBODY = 65_534;

    private final boolean root;

    ServerUser() {
        try {
            this.root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw LabException.failed("Cannot find out who runs this: " + e.getMessage(), e);
        }
    }

    /** Its name, where it is not ourselves. */
    public static Optional<String> name() {
        return new ServerUser().root ? Optional.of("nobody") : Optional.empty();
    }

    List<String> command(List<String> command) {
        if (!root) {
            return command;
        }
        List<String> lowered =
                new ArrayList<>(List.of("setpriv", "--reuid", "" + NOBODY, "--regid", "" + NOBODY, "--clear-groups"));
        lowered.addAll(command);
        return lowered;
    }

    /** Gives a file or folder to the server's user. */
    void own(Path path) {
        if (!root) {
            return;
        }
        try {
            Files.setAttribute(path, "unix:uid", NOBODY);
            Files.setAttribute(path, "unix:gid", NOBODY);
        } catch (IOException e) {
            throw LabException.failed("Cannot give " + path + " to PostgreSQL's user: " + e.getMessage(), e);
        }
    }

    /** Complains about the folder above {@code path} that the server's user may not enter. */
    void requireReachable(Path path, String remedy) {
        if (!root) {
            return;
        }
        for (Path above = path.toAbsolutePath().getParent(); above != null; above = above.getParent()) {
            try {
                if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    throw LabException.precondition(
                            "Cannot run PostgreSQL from " + path + ": root may not run it, and user " + NOBODY
                                    + ", who does, may not enter " + above + ". " + remedy);
                }
            } catch (IOException e) {
                throw LabException.failed("Cannot look at " + above + ": " + e.getMessage(), e);
            }
        }
    }
}
