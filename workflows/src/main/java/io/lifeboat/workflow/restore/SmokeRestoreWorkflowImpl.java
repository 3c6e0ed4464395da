package io.lifeboat.workflow.restore;

import io.lifeboat.runbook.Runbook;
import io.lifeboat.workflow.restore.RestoreActivities.Proving;
import io.lifeboat.workflow.restore.RestoreActivities.Recovering;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.Step;
import io.lifeboat.workflow.run.UnattendedRun;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The order of a smoke restore. */
public final class SmokeRestoreWorkflowImpl implements SmokeRestoreWorkflow {
    private static final Step CHOOSE = new Step(1, "Choose a backup", false);
    private static final Step RECOVER = new Step(2, "Recover in isolation", false);
    private static final Step PROVE = new Step(3, "Count it as proven", false);
    private static final List<Step> ALL = List.of(CHOOSE, RECOVER, PROVE);

    /** One run in so many takes an older backup: damage that only age brings is found within weeks. */
    private static final int OLDER_ONE_IN = 5;

    private static final int OLDEST = 8;

    private final RestoreRequest request;
    private final RestoreProcedure procedure;

    @WorkflowInit
    public SmokeRestoreWorkflowImpl(@Nullable RestoreRequest request) {
        this.request = RestoreProcedure.orEmpty(request);
        this.procedure = new RestoreProcedure(TYPE, this.request);
    }

    @Override
    public RestoreResult run(RestoreRequest ignored) {
        return procedure.guarded("restore a backup", service -> {
            Runbook runbook = RestorePorts.runbook(service);
            return prove(RestoreSubject.all(runbook, request));
        });
    }

    private RestoreResult prove(List<RestoreSubject> subjects) {
        UnattendedRun run = procedure.begin(ALL, "A backup is restored as it is, in isolation.");
        String self =
                Workflow.getInfo().getWorkflowId() + "/" + Workflow.getInfo().getRunId();
        Instant began = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        int older = older(Workflow.getInfo().getRunId());
        RestoreCandidate chosen = procedure.require(run.attempt(
                CHOOSE,
                () -> RestoreCandidate.longestUnproven(RestoreCandidate.ofTheSmallestDatastore(
                        RestoreCandidate.of(subjects, subject -> choose(subject, older))))));
        RestoreSubject subject = chosen.subject();
        ChosenBackup backup = chosen.backup();
        RecoveryReceipt recovery = procedure.require(run.attempt(
                RECOVER,
                () -> RestorePorts.restore(RECOVER, ALL)
                        .recover(new Recovering(
                                subject.service(),
                                subject.datastore(),
                                subject.policy(),
                                backup,
                                self,
                                Optional.empty(),
                                subject.checks()))));
        procedure.require(run.attempt(
                PROVE,
                () -> RestorePorts.look(PROVE, ALL)
                        .prove(new Proving(
                                subject.service(),
                                subject.datastore().name(),
                                subject.policy(),
                                backup.id(),
                                self,
                                began))));
        return procedure.end(subject, backup.reachableFrom(), recovery);
    }

    private ChosenBackup choose(RestoreSubject subject, int older) {
        return RestorePorts.look(CHOOSE, ALL).choose(subject.choosing(request, Optional.empty(), older));
    }

    /** How many newer backups are passed over; as random as the run's id, and the same whenever it is replayed. */
    static int older(String runId) {
        int drawn = runId.hashCode();
        return Math.floorMod(drawn, OLDER_ONE_IN) == 0 ? 1 + Math.floorMod(drawn / OLDER_ONE_IN, OLDEST) : 0;
    }

    @Override
    public RunStatus status() {
        return procedure.status();
    }
}
