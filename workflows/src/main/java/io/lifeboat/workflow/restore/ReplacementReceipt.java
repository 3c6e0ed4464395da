package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import io.lifeboat.workflow.restore.RecoveryReceipt.Check;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A restored copy beside the service's database, found as it must be.
 *
 * @param copy name of its database
 * @param moment the state it holds, on the source's clock
 * @param tables with the rows in all of them; every table's content was compared with what the backup holds
 * @param seconds from the beginning to the last check
 * @param checks what was asked of it, each as expected
 * @param lost acknowledged markers that it does not hold; absent where no pulse ran
 * @param leftOut what the service's database had that the copy does not; never data
 */
public record ReplacementReceipt(
        String id,
        String copy,
        Instant moment,
        int tables,
        long rows,
        double seconds,
        List<Check> checks,
        Optional<Loss> lost,
        List<String> leftOut)
        implements Receipt {

    /**
     * What the pulse's markers say, by the pulse's own clock alone.
     *
     * @param acknowledged number of the newest marker that was acknowledged
     * @param count acknowledged numbers after the newest one the copy holds
     * @param seconds between the two
     */
    public record Loss(long acknowledged, long count, double seconds) {}

    public ReplacementReceipt {
        checks = List.copyOf(checks);
        leftOut = List.copyOf(leftOut);
    }

    @Override
    public String sentence() {
        return id + " was restored into \"" + copy + "\" as of " + moment + ": " + rows + " rows in " + tables
                + " tables, after " + seconds + " s; " + checks.size() + " of " + checks.size() + " checks passed.";
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("restored", rows + " rows in " + tables + " tables in " + seconds + " s"));
        facts.add(new Fact("state of", moment.toString()));
        lost.ifPresent(loss ->
                facts.add(new Fact("lost by the markers", loss.count() + " markers, " + loss.seconds() + " s")));
        checks.forEach(check -> facts.add(new Fact(check.name(), check.seen())));
        leftOut.forEach(what -> facts.add(new Fact("left out", what)));
        return facts;
    }
}
