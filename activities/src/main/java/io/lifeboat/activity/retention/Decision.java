package io.lifeboat.activity.retention;

import java.util.List;

/**
 * What becomes of one backup, and why.
 *
 * @param reasons every one that holds, in words; never empty
 */
public record Decision(StoredBackup backup, Verdict verdict, List<String> reasons) {
    public Decision {
        reasons = List.copyOf(reasons);
    }
}
