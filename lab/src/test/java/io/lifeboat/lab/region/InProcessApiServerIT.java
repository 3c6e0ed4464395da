package io.lifeboat.lab.region;

import io.lifeboat.lab.LabState;

class InProcessApiServerIT extends ApiServerContract {

    InProcessApiServerIT() {
        super(LabState.Kubernetes.IN_PROCESS);
    }
}
