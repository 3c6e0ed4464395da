package io.lifeboat.workflow.restore;

import io.lifeboat.runbook.Runbook;
import io.lifeboat.workflow.restore.RestoreActivities.Archived;
import io.lifeboat.workflow.restore.RestoreActivities.Marking;
import io.lifeboat.workflow.restore.RestoreActivities.Proving;
import io.lifeboat.workflow.restore.RestoreActivities.Recovering;
import io.lifeboat.workflow.restore.RestoreActivities.Trimming;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.Step;
import io.lifeboat.workflow.run.UnattendedRun;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The order of a point-in-time test. It ends at the first step that fails, because each needs the one before. */
public final class PitrTestWorkflowImpl implements PitrTestWorkflow {
    private static final Step CHOOSE = new Step(1, "Choose the base backup", false);
    private static final Step MARK = new Step(2, "Write markers", false);
    private static final Step ARCHIVE = new Step(3, "Archive the log", false);
    private static final Step RECOVER = new Step(4, "Recover in isolation", false);
    private static final Step PROVE = new Step(5, "Count it as proven", false);
    private static final Step TRIM = new Step(6, "Trim the archive", false);
    private static final List<Step> ALL = List.of(CHOOSE, MARK, ARCHIVE, RECOVER, PROVE, TRIM);

    private final RestoreRequest request;
    private final RestoreProcedure procedure;

    @WorkflowInit
    public PitrTestWorkflowImpl(@Nullable RestoreRequest request) {
        this.request = RestoreProcedure.orEmpty(request);
        this.procedure = new RestoreProcedure(TYPE, this.request);
    }

    @Override
    public RestoreResult run(RestoreRequest ignored) {
        return procedure.guarded("test a point in time", service -> {
            Runbook runbook = RestorePorts.runbook(service);
            return prove(RestoreSubject.ofOneDatastore(runbook, request));
        });
    }

    private RestoreResult prove(List<RestoreSubject> subjects) {
        String datastore = subjects.getFirst().datastore().name();
        UnattendedRun run = procedure.begin(ALL, datastore + " is recovered to a point in time, in isolation.");
        String self =
                Workflow.getInfo().getWorkflowId() + "/" + Workflow.getInfo().getRunId();
        Instant began = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        RestoreCandidate chosen = procedure.require(run.attempt(
                CHOOSE, () -> RestoreCandidate.longestUnproven(RestoreCandidate.of(subjects, this::choose))));
        RestoreSubject subject = chosen.subject();
        ChosenBackup backup = chosen.backup();
        MarkReceipt mark = procedure.require(run.attempt(
                MARK, () -> RestorePorts.look(MARK, ALL).mark(new Marking(subject.datastore(), self, request.at()))));
        procedure.require(run.attempt(
                ARCHIVE,
                () -> RestorePorts.archive(ARCHIVE, ALL)
                        .awaitArchived(new Archived(
                                subject.service(),
                                subject.datastore().name(),
                                subject.policy(),
                                mark.systemIdentifier(),
                                mark.timeline(),
                                mark.position(),
                                mark.segment()))));
        RecoveryReceipt recovery = procedure.require(run.attempt(
                RECOVER,
                () -> RestorePorts.restore(RECOVER, ALL)
                        .recover(new Recovering(
                                subject.service(),
                                subject.datastore(),
                                subject.policy(),
                                backup,
                                self,
                                Optional.of(mark),
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
        procedure.require(run.attempt(
                TRIM,
                () -> RestorePorts.look(TRIM, ALL)
                        .trim(new Trimming(
                                subject.service(),
                                subject.datastore().name(),
                                subject.policy(),
                                backup.systemIdentifier()))));
        return procedure.end(subject, mark.target(), recovery);
    }

    private ChosenBackup choose(RestoreSubject subject) {
        return RestorePorts.look(CHOOSE, ALL).choose(subject.choosing(request, request.at(), 0));
    }

    @Override
    public RunStatus status() {
        return procedure.status();
    }
}
