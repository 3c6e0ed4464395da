package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupFailures;
import io.lifeboat.workflow.backup.GapReceipt;
import io.lifeboat.workflow.backup.WalActivities;
import java.time.Clock;

/** The archived log, in the first place of its policy: there its receiver asks. */
public final class DefaultWalActivities implements WalActivities {
    private final WalArchives archives;
    private final Clock clock;

    public DefaultWalActivities(WalArchives archives, Clock clock) {
        this.archives = archives;
        this.clock = clock;
    }

    @Override
    public GapReceipt acceptGap(AcceptingGap request) {
        return BackupFailures.named("accept a gap in the log of " + request.datastore(), () -> {
            WalTimeline ends = archives.of(request.service(), request.datastore(), request.policy())
                    .acceptGap(request.by(), request.reason(), clock.instant());
            return new GapReceipt(
                    request.datastore(),
                    request.policy().in().region(),
                    ends.timeline(),
                    ends.position().toString(),
                    request.by());
        });
    }
}
