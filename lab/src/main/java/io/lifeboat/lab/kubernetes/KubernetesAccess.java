package io.lifeboat.lab.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.lifeboat.lab.LabException;
import io.lifeboat.lab.LabState;
import io.lifeboat.lab.LabState.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a region's Kubernetes API is reached, in the form the worker's configuration takes. It is known before the region
 * runs and holds no secret.
 *
 * @param url {@code https} for a real control plane, {@code http} for the server of this lab
 * @param token {@code file:} and the path of a bearer token; empty where none is asked for
 * @param caFile path of the certificates to trust; empty for plain HTTP
 */
public record KubernetesAccess(String url, String token, String caFile) {

    private static final int CONNECT_MILLIS = 1_000;
    private static final int REQUEST_MILLIS = 5_000;
    private static final String FILE = "file:";

    /** The access to one region of a lab. */
    public static KubernetesAccess of(LabState lab, Region region) {
        String host = region.address() + ":" + region.kubernetesPort();
        return switch (lab.kubernetes()) {
            case IN_PROCESS -> new KubernetesAccess("http://" + host, "", "");
            case CONTROL_PLANE -> {
                ControlPlaneFiles files = ControlPlaneFiles.of(lab, region);
                yield new KubernetesAccess(
                        "https://" + host,
                        FILE + files.token(),
                        files.certificate().toString());
            }
        };
    }

    /** The folder of a region in which its Kubernetes processes live. */
    public static Path folder(LabState lab, Region region) {
        return Path.of(lab.folder()).resolve(region.name()).resolve("kubernetes");
    }

    /** Writes it for people and scripts. */
    void write(Path file) {
        try {
            Files.writeString(
                    file,
                    new ObjectMapper()
                                    .enable(SerializationFeature.INDENT_OUTPUT)
                                    .writeValueAsString(this) + "\n");
        } catch (IOException e) {
            throw LabException.failed("Cannot write " + file + ": " + e.getMessage() + ". Free some disk space.", e);
        }
    }

    /** A client that gives up early: the lab's servers are on this machine. */
    public KubernetesClient client() {
        ConfigBuilder config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectInterval(100)
                .withNoProxy("*");
        if (!token.isEmpty()) {
            config.withOauthToken(readToken());
        }
        if (!caFile.isEmpty()) {
            config.withCaCertFile(caFile);
        }
        return new KubernetesClientBuilder().withConfig(config.build()).build();
    }

    private String readToken() {
        Path file = Path.of(token.substring(FILE.length()));
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw LabException.failed(
                    "Cannot reach Kubernetes at " + url + ": its token file " + file
                            + " cannot be read. Look whether the region is up (`lifeboat lab status`).",
                    e);
        }
    }
}
