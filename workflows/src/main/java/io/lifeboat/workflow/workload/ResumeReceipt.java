package io.lifeboat.workflow.workload;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/** @param cronJobs those which run by schedule in the region from now on */
public record ResumeReceipt(String region, List<String> cronJobs) implements Receipt {
    public ResumeReceipt {
        cronJobs = List.copyOf(cronJobs);
    }

    @Override
    public String sentence() {
        return "CronJobs run in " + region + " again: " + String.join(", ", cronJobs) + ".";
    }

    @Override
    public List<Fact> facts() {
        return cronJobs.stream().map(c -> new Fact("CronJob " + c, "resumed")).toList();
    }
}
