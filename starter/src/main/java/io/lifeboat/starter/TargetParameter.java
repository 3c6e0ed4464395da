package io.lifeboat.starter;

import picocli.CommandLine.Parameters;

/** Which run is meant. */
final class TargetParameter {
    @Parameters(
            paramLabel = "SERVICE|WORKFLOW_ID",
            description = "A service (its newest run is meant) or a workflow id.")
    private String target = "";

    String value() {
        return target;
    }
}
