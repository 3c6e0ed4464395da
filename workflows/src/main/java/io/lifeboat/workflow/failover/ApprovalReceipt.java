package io.lifeboat.workflow.failover;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import io.lifeboat.workflow.approval.Approval;
import java.util.List;

/** Who agreed to the plan. Stays inside the workflow. */
record ApprovalReceipt(String sentence, List<Fact> facts) implements Receipt {
    static ApprovalReceipt of(String planHash, List<Approval> approvals) {
        if (approvals.isEmpty()) {
            return new ApprovalReceipt("The runbook asks for no approval of plan " + planHash + ".", List.of());
        }
        List<String> people = approvals.stream().map(Approval::by).toList();
        return new ApprovalReceipt(
                "Plan " + planHash + " was approved by " + String.join(", ", people) + ".",
                approvals.stream()
                        .map(a -> new Fact("approved by " + a.by(), a.reason()))
                        .toList());
    }
}
