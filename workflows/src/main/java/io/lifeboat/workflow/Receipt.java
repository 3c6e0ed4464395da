package io.lifeboat.workflow;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/** Evidence that an activity returns. Reports are made of receipts. */
public interface Receipt {
    /** One sentence: what is now true. */
    @JsonIgnore
    String sentence();

    /** The details behind the sentence, in reading order. */
    @JsonIgnore
    List<Fact> facts();
}
