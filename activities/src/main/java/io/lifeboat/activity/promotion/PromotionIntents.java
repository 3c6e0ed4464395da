package io.lifeboat.activity.promotion;

import io.lifeboat.workflow.epoch.Epoch;
import java.util.Optional;

/** Keeps intents beside the epochs. Both calls fail with {@code UNAVAILABLE} when the ledger cannot be reached. */
public interface PromotionIntents {
    /** Records an intent; the same intent twice is one. */
    void record(Epoch epoch, PromotionIntent intent);

    Optional<PromotionIntent> find(Epoch epoch, String datastore);
}
