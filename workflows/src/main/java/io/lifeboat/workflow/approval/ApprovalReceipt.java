package io.lifeboat.workflow.approval;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/** Who agreed to the plan. Stays inside the workflow. */
public record ApprovalReceipt(String sentence, List<Fact> facts) implements Receipt {
    public static ApprovalReceipt of(String planHash, List<Approval> approvals) {
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
