package io.lifeboat.lab.power;

import java.util.List;

/** Finds what runs in a region at this moment. */
@FunctionalInterface
public interface RegionProcesses {

    /** Never includes a process that has ended and only waits to be reaped. */
    List<ProcessHandle> running();
}
