package io.lifeboat.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.runbook.Runbooks;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestoreLosesTooMuchTest {
    private static final String RPO = "  rpo: 5m\n";
    private static final String PROMISED = Runbooks.ordersWith(RPO, RPO + "  restore: { rto: 30m, rpo: 1h }\n");

    private final LintRule rule = new RestoreLosesTooMuch();

    @Test
    void findsBackupsThatAreRarerThanThePromise() {
        assertThat(findings(PROMISED))
                .containsExactly("r.yaml:14:24: error: When \"orders-db\" is restored from a backup, up to 1d of its"
                        + " writes are lost, but the runbook promises an rpo of 1h. Keep its log with a base backup"
                        + " (archive: { ship: 5s }), back it up at least every 1h, or promise a longer rpo."
                        + " [restore-loses-too-much]");
    }

    @Test
    void acceptsBackupsAsOftenAsPromised() {
        assertThat(findings(Runbooks.replace(PROMISED, "every: 24h", "every: 1h")))
                .isEmpty();
    }

    @Test
    void acceptsALogThatIsKeptBesideRareBackups() {
        String base = Runbooks.policy("base", "method: basebackup") + "        archive: { ship: 5s }\n";

        assertThat(findings(Runbooks.replace(PROMISED, "\nworkloads:", base + "\nworkloads:")))
                .isEmpty();
    }

    @Test
    void doesNotCountWhatIsNotWhole() {
        String tables = Runbooks.policy("tables", "every: 1h")
                + "        dump: { tables: [public.orders], schemaOnly: false, plain: false }\n";

        assertThat(findings(Runbooks.replace(PROMISED, "\nworkloads:", tables + "\nworkloads:")))
                .hasSize(1);
    }

    @Test
    void saysNothingWithoutAPromise() {
        assertThat(findings(Runbooks.orders())).isEmpty();
    }

    private List<String> findings(String text) {
        return rule.check(Runbooks.read(text)).stream().map(Finding::toString).toList();
    }
}
