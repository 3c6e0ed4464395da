package io.lifeboat.starter;

import io.lifeboat.workflow.run.RunStatus;

/** Shows a run while it goes on. */
interface Progress {
    void show(RunStatus status);

    /** Nothing was heard for so long. */
    void silent(long seconds);

    /** Nothing more will come. */
    void end();
}
