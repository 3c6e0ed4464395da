package io.lifeboat.lab;

import java.util.List;

/**
 * Which process of a lab listens where. Kept as {@code lab.json} in the lab's folder, readable by its owner only, because
 * it holds the lab's throw-away credentials.
 *
 * @param name the lab's name; two labs of different names run side by side
 * @param folder absolute path of everything the lab writes
 * @param kubernetes what answers the Kubernetes API in each region
 * @param regions the primary region first
 */
public record LabState(
        String name,
        String folder,
        Kubernetes kubernetes,
        Outside outside,
        List<Region> regions,
        Temporal temporal,
        Credentials credentials) {

    /** What answers the Kubernetes API. */
    public enum Kubernetes {
        /** fabric8's server, inside the region's own JVM. */
        IN_PROCESS,
        /** etcd, kube-apiserver, kube-controller-manager, kube-scheduler and KWOK. */
        CONTROL_PLANE
    }

    /**
     * One region.
     *
     * @param address loopback address that belongs to this region alone; the service's public name resolves to it
     * @param ordersPort port of the orders service, the same in both regions
     */
    public record Region(
            String name,
            boolean primary,
            String address,
            int databasePort,
            int objectStorePort,
            int kubernetesPort,
            int ordersPort) {}

    /**
     * What lies outside both regions: the DNS provider, the fence agents, the client.
     *
     * @param route53Port HTTP API as AWS clients speak it
     * @param dnsPort UDP and TCP
     * @param powerPort fence agents, one path a region: {@code /regions/NAME}
     * @param clientPort the client's record: {@code /record}
     */
    public record Outside(String address, int route53Port, int dnsPort, int powerPort, int clientPort) {}

    /**
     * The orchestrator's server, in the standby region.
     *
     * @param target {@code host:port} of the gRPC front end
     * @param ui URL of the Web UI
     */
    public record Temporal(String target, String ui, String namespace) {}

    /** Made anew for each lab. */
    public record Credentials(
            String databaseUser, String databasePassword, String accessKey, String secretKey, BackupKeys backups) {

        /** Those of something smaller than a lab, which takes no backups. */
        public Credentials(String databaseUser, String databasePassword, String accessKey, String secretKey) {
            this(databaseUser, databasePassword, accessKey, secretKey, new BackupKeys(List.of(), "", ""));
        }
    }

    /**
     * Keys of the lab's backups. The worker has those of its own region; the escrow identity is what would lie in a safe.
     *
     * @param holders each region, and {@code escrow}
     * @param signing Ed25519 private key, PKCS#8 in Base64
     * @param trusted Ed25519 public key, X.509 in Base64
     */
    public record BackupKeys(List<KeyHolder> holders, String signing, String trusted) {
        public BackupKeys {
            holders = List.copyOf(holders);
        }

        KeyHolder holder(String name) {
            return holders.stream()
                    .filter(holder -> holder.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("nobody called \"" + name + "\" holds a key"));
        }
    }

    /**
     * Someone who can open the lab's backups alone.
     *
     * @param recipient age public key
     * @param identity age secret key
     */
    public record KeyHolder(String name, String recipient, String identity) {}

    public LabState {
        regions = List.copyOf(regions);
    }

    public Region region(String region) {
        return regions.stream()
                .filter(r -> r.name().equals(region))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("this lab has no region \"" + region + "\""));
    }

    public Region primary() {
        return regions.get(0);
    }

    public Region standby() {
        return regions.get(1);
    }
}
