package io.lifeboat.workflow.restore;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a datastore is to be restored from.
 *
 * @param policy whose backup it is
 * @param at the moment to go back to; absent for the state that the backup itself holds
 * @param holds the moment of that state, on the source's clock
 * @param proven when a restore last proved the backup; absent when none has
 */
public record RestorePoint(
        BackupPolicy policy, ChosenBackup backup, Optional<Instant> at, Instant holds, Optional<Instant> proven)
        implements Receipt {
    /** The moment the restored data is of. */
    public Instant moment() {
        return at.orElse(holds);
    }

    @Override
    public String sentence() {
        return backup.id() + " in " + backup.region()
                + at.map(moment -> " and the archived log after it lead to " + moment + ".")
                        .orElse(" holds the state of " + holds + ".")
                + proven.map(when -> " It was proven at " + when + ".").orElse(" No restore has proven it yet.");
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>(backup.facts());
        facts.add(new Fact("moment", moment().toString()));
        facts.add(new Fact("proven", proven.map(Instant::toString).orElse("not yet")));
        return facts;
    }
}
