package io.lifeboat.lab;

import io.lifeboat.lab.LabState.Outside;
import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.kubernetes.KubernetesAccess;
import io.lifeboat.lab.postgres.ServerUser;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The worker's configuration in a lab, beside its environment; it holds references to secrets, never a secret. */
final class WorkerSettings {

    private WorkerSettings() {}

    static String render(LabState state, LabFolder folder, Path postgresPrograms, int workerPort) {
        Outside outside = state.outside();
        StringBuilder regions = new StringBuilder();
        for (Region region : state.regions()) {
            regions.append("""
                        %s:
                          kubernetes: { %s }
                          object-store: { endpoint: "http://%s:%d", access-key: "env:LAB_ACCESS_KEY", secret-key: "env:LAB_SECRET_KEY" }
                    """.formatted(
                            region.name(),
                            kubernetes(KubernetesAccess.of(state, region)),
                            region.address(),
                            region.objectStorePort())
                    .indent(0));
        }
        return """
                lifeboat:
                  runbooks: "%s"
                  regions:
                %s  route53:
                    endpoint: "http://%s:%d"
                    region: %s
                    access-key: "env:LAB_ACCESS_KEY"
                    secret-key: "env:LAB_SECRET_KEY"
                    nameservers: ["%s:%d"]
                  reports: { directory: "%s" }
                  backups:
                    signing: { key-id: lab, private-key: "env:LAB_SIGNING_KEY", trusted: { lab: "%s" } }
                    keys:
                      critical: { recipients: { %s }, identities: ["env:LAB_AGE_IDENTITY"] }
                  postgresql: { programs: "%s", isolated: "%s"%s }
                spring.temporal.connection.target: %s
                server: { address: 127.0.0.1, port: %d }
                """.formatted(
                        folder.runbooks(),
                        regions,
                        outside.address(),
                        outside.route53Port(),
                        state.primary().name(),
                        outside.address(),
                        outside.dnsPort(),
                        folder.reports(),
                        state.credentials().backups().trusted(),
                        recipients(state),
                        postgresPrograms,
                        folder.place(state.standby().name()).resolve("isolated"),
                        ServerUser.name().map(user -> ", run-as: " + user).orElse(""),
                        state.temporal().target(),
                        workerPort);
    }

    private static String recipients(LabState state) {
        return state.credentials().backups().holders().stream()
                .map(holder -> "\"" + holder.name() + "\": " + holder.recipient())
                .collect(Collectors.joining(", "));
    }

    private static String kubernetes(KubernetesAccess access) {
        String settings = "url: \"%s\", token: \"%s\"".formatted(access.url(), access.token());
        return access.caFile().isEmpty() ? settings : settings + ", ca-file: \"" + access.caFile() + "\"";
    }
}
