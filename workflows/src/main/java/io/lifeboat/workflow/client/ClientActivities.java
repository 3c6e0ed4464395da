package io.lifeboat.workflow.client;

import io.lifeboat.runbook.Client;
import io.temporal.activity.ActivityInterface;

/** Reads the record of the runbook's synthetic client. */
@ActivityInterface(namePrefix = "Client_")
public interface ClientActivities {
    /** Waits, within its time-out, until the client is answered again and has checked what was lost. */
    ClientRecord read(Client client);
}
