package io.lifeboat.lab.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lifeboat.lab.LabException;
import io.lifeboat.lab.kubernetes.KubernetesBinaries.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesInstallTest {

    private static final String BUILDS = """
            case "$1" in
              version) echo "go version go1.26.8 linux/amd64" ;;
              env) echo /tmp ;;
              list) cp go.mod go.sum "$TRACE" ;;
              build) mkdir -p "$(dirname "$3")"; echo "$GOTOOLCHAIN $CGO_ENABLED $GOFLAGS $6" > "$3"; chmod +x "$3" ;;
            esac
            """;

    @TempDir
    Path folder;

    private final List<String> progress = new ArrayList<>();

    @Test
    void saysThatGoIsMissing() {
        assertThatExceptionOfType(LabException.class)
                .isThrownBy(() -> install(Map.of("PATH", folder.toString())))
                .withMessageContaining("there is no go on the PATH")
                .withMessageContaining("Install Go 1.26");
    }

    @Test
    void saysThatGoIsTooOld() throws IOException {
        program("echo go version go1.19.8 linux/amd64");

        assertThatExceptionOfType(LabException.class)
                .isThrownBy(() -> install(environment()))
                .withMessageContaining("the go on the PATH is 1.19 and its sources need 1.26");
    }

    @Test
    void explainsAFullDiskAndLeavesNothingBehind() throws IOException {
        program("""
                case "$1" in
                  version) echo "go version go1.26.8 linux/amd64" ;;
                  env) echo /tmp ;;
                  *) echo "write /tmp/x: no space left on device"; exit 1 ;;
                esac
                """);

        assertThatExceptionOfType(LabException.class)
                .isThrownBy(() -> install(environment()))
                .withMessageContaining("fetch the sources of Kubernetes")
                .withMessageContaining("the disk is full");
        try (Stream<Path> left = Files.list(folder.resolve("cache/kubernetes"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void buildsEveryProgramOnce() throws IOException {
        program(BUILDS);

        KubernetesBinaries built = install(environment());
        progress.clear();
        install(environment());

        assertThat(built.isComplete()).isTrue();
        assertThat(Files.readString(built.path(Program.KUBE_APISERVER)))
                .isEqualTo("local 0 -trimpath k8s.io/kubernetes/cmd/kube-apiserver\n");
        assertThat(progress).singleElement().asString().contains("is already in");
    }

    @Test
    void buildsPinnedSourcesOfTheVersionItSays() throws IOException {
        program(BUILDS);

        install(environment());

        String staged = "v0." + KubernetesBinaries.VERSION.substring("1.".length());
        List<String> module = Files.readAllLines(folder.resolve("go.mod"));
        assertThat(module).contains("\tk8s.io/kubernetes v" + KubernetesBinaries.VERSION + " // indirect");
        assertThat(module)
                .filteredOn(line -> line.startsWith("replace "))
                .hasSizeGreaterThan(30)
                .allMatch(line -> line.endsWith(" " + staged));
        assertThat(module)
                .containsAll(Stream.of(Program.values())
                        .map(program -> "\t" + program.source())
                        .toList());
        assertThat(Files.readString(folder.resolve("go.sum")))
                .contains("k8s.io/kubernetes v" + KubernetesBinaries.VERSION + " h1:");
    }

    private KubernetesBinaries install(Map<String, String> environment) {
        return new KubernetesInstall(
                        Stream.concat(
                                        environment.entrySet().stream(),
                                        Stream.of(
                                                Map.entry(
                                                        "LIFEBOAT_CACHE",
                                                        folder.resolve("cache").toString()),
                                                Map.entry("TRACE", folder.toString())))
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                        progress::add)
                .install();
    }

    private Map<String, String> environment() {
        return Map.of("PATH", folder + ":" + System.getenv("PATH"));
    }

    private void program(String script) throws IOException {
        Path go = Files.writeString(folder.resolve("go"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(go, PosixFilePermissions.fromString("rwx------"));
    }
}
