package io.lifeboat.worker;

import io.lifeboat.activity.dns.DnsZones;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.RunbookCatalog;
import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.workflow.failover.AssessmentActivities;
import io.temporal.failure.ApplicationFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Looks at every service once when the worker starts. The first use of each client costs seconds on a cold JVM; here nobody
 * waits for it, in a failover the clients of a service would. It also tells early what this worker cannot reach.
 */
@Component
class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    private final WorkerProperties properties;
    private final AssessmentActivities assessment;
    private final DnsZones zones;

    WarmUp(WorkerProperties properties, AssessmentActivities assessment, DnsZones zones) {
        this.properties = properties;
        this.assessment = assessment;
        this.zones = zones;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        Thread.ofVirtual()
                .name("warm-up")
                .start(() -> RunbookCatalog.read(properties.runbooks()).documents().stream()
                        .map(RunbookDocument::runbook)
                        .forEach(this::look));
    }

    private void look(Runbook runbook) {
        try {
            LOG.info("{}: {}", runbook.service(), assessment.assess(runbook).sentence());
            zones.zone(runbook.traffic().zone()).read(runbook.traffic().record());
        } catch (ApplicationFailure failure) {
            LOG.warn("{} cannot be looked at whole: {}", runbook.service(), failure.getOriginalMessage());
        }
    }
}
