package io.lifeboat.activity.promotion;

import io.lifeboat.workflow.epoch.Epoch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers intents in memory. */
public final class RecordingPromotionIntents implements PromotionIntents {
    private final List<PromotionIntent> recorded = new ArrayList<>();

    @Override
    public void record(Epoch epoch, PromotionIntent intent) {
        recorded.add(intent);
    }

    @Override
    public Optional<PromotionIntent> find(Epoch epoch, String datastore) {
        return recorded.stream()
                .filter(intent -> intent.epoch() == epoch.number())
                .filter(intent -> intent.datastore().equals(datastore))
                .findFirst();
    }
}
