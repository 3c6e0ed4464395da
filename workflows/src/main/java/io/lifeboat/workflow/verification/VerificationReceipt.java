package io.lifeboat.workflow.verification;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/**
 * A smoke test that passed.
 *
 * @param observed what the region answered, shortened
 * @param tries how often it was asked
 */
public record VerificationReceipt(String test, String region, String observed, int tries, double seconds)
        implements Receipt {
    @Override
    public String sentence() {
        return "\"" + test + "\" passed in " + region + ".";
    }

    @Override
    public List<Fact> facts() {
        return List.of(new Fact(test, observed + " (" + tries + " tries, " + seconds + " s)"));
    }
}
