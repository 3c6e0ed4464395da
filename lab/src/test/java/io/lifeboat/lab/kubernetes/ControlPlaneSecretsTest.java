package io.lifeboat.lab.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneSecretsTest {

    @TempDir
    Path folder;

    private ControlPlaneFiles files;

    @BeforeEach
    void writeOnce() {
        files = new ControlPlaneFiles(folder, folder);
        ControlPlaneSecrets.write(files, "https://127.1.1.1:6443");
    }

    @Test
    void areReadableByTheirOwnerOnly() throws IOException {
        for (Path file : new Path[] {files.token(), files.tokenTable(), files.serviceAccountKey()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(file.toString())
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void giveTheirTokenToAnAdministrator() throws IOException {
        assertThat(Files.readString(files.tokenTable()))
                .startsWith(Files.readString(files.token()).strip() + ",")
                .endsWith("system:masters\n");
        assertThat(Files.readString(files.kubeconfig())).contains("tokenFile: \"" + files.token());
    }

    @Test
    void outliveARestartOfTheirRegion() throws IOException {
        String token = Files.readString(files.token());

        ControlPlaneSecrets.write(files, "https://127.1.1.1:6443");

        assertThat(Files.readString(files.token())).isEqualTo(token);
    }
}
