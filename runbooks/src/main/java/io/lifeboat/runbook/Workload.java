package io.lifeboat.runbook;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Something of the service that runs in Kubernetes, under the same name in both regions. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Workload.Deployment.class, name = "deployment"),
    @JsonSubTypes.Type(value = Workload.CronJob.class, name = "cronJob")
})
public sealed interface Workload {
    String name();

    String namespace();

    /**
     * A Deployment that runs in the active region only.
     *
     * @param replicas how many replicas the active region runs
     */
    record Deployment(String name, String namespace, int replicas) implements Workload {}

    /** A CronJob that is suspended everywhere but in the active region. */
    record CronJob(String name, String namespace) implements Workload {}
}
