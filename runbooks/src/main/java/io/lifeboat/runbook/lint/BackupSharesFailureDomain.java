package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.RunbookDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Copies of a backup that are lost together: two in one bucket, or all in one region. All in the primary region is what
 * {@link LostBucket} finds.
 */
final class BackupSharesFailureDomain implements LintRule {
    @Override
    public String id() {
        return "backup-shares-failure-domain";
    }

    @Override
    public List<Finding> check(RunbookDocument document) {
        List<Finding> findings = new ArrayList<>();
        for (DeclaredPolicy declared : DeclaredPolicy.all(document.runbook())) {
            List<Finding> repeated = repeated(document, declared);
            findings.addAll(repeated);
            if (repeated.isEmpty()) {
                oneRegion(document, declared).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private List<Finding> repeated(RunbookDocument document, DeclaredPolicy declared) {
        List<Finding> findings = new ArrayList<>();
        List<BucketPlace> copies = declared.policy().copies();
        Set<BucketPlace> seen = new HashSet<>(Set.of(declared.policy().in()));
        for (int i = 0; i < copies.size(); i++) {
            BucketPlace copy = copies.get(i);
            if (!seen.add(copy)) {
                findings.add(Finding.warning(
                        this,
                        document,
                        declared.key("copies[" + i + "].bucket"),
                        "This copy of every backup %s protects nothing: bucket \"%s\" in %s has it already."
                                .formatted(declared.title(), copy.bucket(), copy.region()),
                        "Copy to a bucket in another region, or remove the copy."));
            }
        }
        return findings;
    }

    private Optional<Finding> oneRegion(RunbookDocument document, DeclaredPolicy declared) {
        String region = declared.policy().in().region();
        boolean foundElsewhere = region.equals(document.runbook().regions().primary());
        if (foundElsewhere || !declared.lostWith(region)) {
            return Optional.empty();
        }
        return Optional.of(Finding.warning(
                this,
                document,
                declared.key("in.region"),
                "When %s is lost, every backup %s is lost with it.".formatted(region, declared.title()),
                declared.adviceToCopyTo("another region")));
    }
}
