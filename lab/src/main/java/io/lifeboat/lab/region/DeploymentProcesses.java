package io.lifeboat.lab.region;

import io.lifeboat.lab.LabException;

/** The processes behind Deployments: one for each, however many replicas it has. */
interface DeploymentProcesses {

    /**
     * Starts the process and returns at once.
     *
     * @throws LabException when it cannot be started, for instance because the region is powered off
     */
    ProcessHandle start(String deployment);

    /** Whether a process that runs already does its work; answers within a second. */
    boolean answers(String deployment);
}
