package io.lifeboat.lab.kubernetes;

import io.lifeboat.lab.kubernetes.KubernetesBinaries.Program;
import java.util.List;
import java.util.Map;

/**
 * A Go module of ours that asks for pinned programs as its tools, so that their dependencies are resolved, and checked
 * against Go's checksum database, as for any other module.
 *
 * @param programs package to build for each program, all of the same version
 */
record KubernetesModule(
        String name, String version, Map<Program, String> programs, List<String> replacements, String linkerFlags) {

    /** Kubernetes' own go.mod replaces them by folders of its repository; a module that depends on it must name releases. */
    private static final List<String> STAGING = List.of(
            "api",
            "apiextensions-apiserver",
            "apimachinery",
            "apiserver",
            "cli-runtime",
            "client-go",
            "cloud-provider",
            "cluster-bootstrap",
            "code-generator",
            "component-base",
            "component-helpers",
            "controller-manager",
            "cri-api",
            "cri-client",
            "cri-streaming",
            "csi-translation-lib",
            "dynamic-resource-allocation",
            "endpointslice",
            "externaljwt",
            "kms",
            "kube-aggregator",
            "kube-controller-manager",
            "kube-proxy",
            "kube-scheduler",
            "kubectl",
            "kubelet",
            "metrics",
            "mount-utils",
            "pod-security-admission",
            "sample-apiserver",
            "sample-cli-plugin",
            "sample-controller",
            "streaming");

    static KubernetesModule kubernetes() {
        String version = KubernetesBinaries.VERSION;
        String[] parts = version.split("\\.");
        String staged = "v0." + parts[1] + "." + parts[2];
        String component = "-X k8s.io/component-base/version.";
        return new KubernetesModule(
                "kubernetes",
                version,
                Map.of(
                        Program.KUBE_APISERVER, "k8s.io/kubernetes/cmd/kube-apiserver",
                        Program.KUBE_CONTROLLER_MANAGER, "k8s.io/kubernetes/cmd/kube-controller-manager",
                        Program.KUBE_SCHEDULER, "k8s.io/kubernetes/cmd/kube-scheduler"),
                STAGING.stream()
                        .map(name -> "k8s.io/%s => k8s.io/%s %s".formatted(name, name, staged))
                        .toList(),
                "-s -w " + component + "gitVersion=v" + version + " " + component + "gitMajor=" + parts[0] + " "
                        + component + "gitMinor=" + parts[1]);
    }

    static KubernetesModule etcd() {
        return new KubernetesModule(
                "etcd",
                KubernetesBinaries.ETCD_VERSION,
                Map.of(Program.ETCD, "go.etcd.io/etcd/server/v3"),
                List.of(),
                "-s -w");
    }

    static KubernetesModule kwok() {
        return new KubernetesModule(
                "kwok",
                KubernetesBinaries.KWOK_VERSION,
                Map.of(Program.KWOK, "sigs.k8s.io/kwok/cmd/kwok"),
                List.of(),
                "-s -w");
    }

    String goMod() {
        StringBuilder text = new StringBuilder("module lifeboat.io/lab/" + name + "\n\ngo 1.26.0\n");
        for (String replacement : replacements) {
            text.append("\nreplace ").append(replacement);
        }
        return text.append('\n').toString();
    }
}
