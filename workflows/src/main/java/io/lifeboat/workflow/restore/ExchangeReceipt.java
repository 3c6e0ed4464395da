package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/**
 * Which databases there are now.
 *
 * @param aside name of the damaged database where it is out of its place
 * @param detail what was seen and done
 */
public record ExchangeReceipt(String region, String aside, String detail) implements Receipt {
    @Override
    public String sentence() {
        return detail;
    }

    @Override
    public List<Fact> facts() {
        return aside.isEmpty() ? List.of() : List.of(new Fact("damaged database kept as", aside));
    }
}
