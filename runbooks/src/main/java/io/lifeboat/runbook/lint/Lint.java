package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.InvalidRunbookException;
import io.lifeboat.runbook.Problem;
import io.lifeboat.runbook.RunbookCatalog;
import io.lifeboat.runbook.RunbookDocument;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Judges runbooks: reads them, and asks every rule. */
public final class Lint {
    private static final List<LintRule> RULES = List.of(
            new NoRecoverySource(),
            new DnsSlowerThanRto(),
            new TwoActiveRegions(),
            new NoTrafficToPrimary(),
            new NoFenceDriver(),
            new FenceNeedsLostRegion(),
            new LostBucket(),
            new BackupSharesFailureDomain(),
            new KeepsNothing(),
            new LockLongerThanKeep(),
            new BackupNotScheduled(),
            new BackupScheduledTooRarely(),
            new BackupsNeverProven(),
            new ProofWithoutLog(),
            new RestoreLosesTooMuch());

    private static final Comparator<Finding> BY_PLACE = Comparator.comparing(Finding::file)
            .thenComparingInt(Finding::line)
            .thenComparingInt(Finding::column)
            .thenComparing(Finding::rule);

    private Lint() {}

    /** The rules in use. */
    public static List<LintRule> rules() {
        return RULES;
    }

    /**
     * Lints one file, or every runbook in a folder. It never throws for what it finds there.
     *
     * @param location a file or a folder
     */
    public static LintReport run(Path location) {
        try {
            RunbookCatalog catalog = RunbookCatalog.read(location);
            List<String> files = catalog.files().stream().map(Path::toString).toList();
            List<Finding> findings = catalog.documents().stream()
                    .flatMap(document -> findings(document).stream())
                    .sorted(BY_PLACE)
                    .toList();
            return report(files, catalog.problems(), findings);
        } catch (InvalidRunbookException e) {
            return report(List.of(), e.problems(), List.of());
        }
    }

    /** What the rules find in one runbook. */
    public static List<Finding> findings(RunbookDocument document) {
        return RULES.stream()
                .flatMap(rule -> rule.check(document).stream())
                .sorted(BY_PLACE)
                .toList();
    }

    private static LintReport report(List<String> files, List<Problem> problems, List<Finding> findings) {
        return new LintReport(LintReport.SCHEMA_VERSION, files, problems, findings);
    }
}
