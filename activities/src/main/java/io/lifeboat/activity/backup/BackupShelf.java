package io.lifeboat.activity.backup;

import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BucketPlace;
import java.util.List;
import java.util.Optional;

/** The backups of one policy: which of a place's folders are its own. */
public final class BackupShelf {
    private final BackupCatalog catalog;
    private final String service;
    private final String datastore;
    private final BackupPolicy policy;

    public BackupShelf(BackupCatalog catalog, String service, String datastore, BackupPolicy policy) {
        this.catalog = catalog;
        this.service = service;
        this.datastore = datastore;
        this.policy = policy;
    }

    /** One of the policy's places. */
    public BackupPlace place(BucketPlace in) {
        return new BackupPlace(in.region(), in.bucket(), service, datastore);
    }

    /** Everything of this policy in a place, oldest first. */
    public List<Entry> list(BucketPlace in) {
        return catalog.list(place(in)).stream().filter(this::isOwn).toList();
    }

    /** The newest backup of this policy in a place. */
    public Optional<Entry> newest(BucketPlace in) {
        return list(in).stream().filter(Entry::exists).reduce((older, newer) -> newer);
    }

    private boolean isOwn(Entry entry) {
        return BackupId.parse(entry.id())
                .filter(id -> id.policy().equals(policy.name()))
                .isPresent();
    }
}
