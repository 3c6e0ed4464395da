package io.lifeboat.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCheckTest {
    private static final String LOCK = "lock: { mode: governance, for: 30d }";
    private static final String WITHOUT_HOLD = "but a lock is capped at 400d unless holdFor is as long";
    private static final String COMPLIANCE = "but nobody can lift a compliance lock and it is capped at 3660d";

    @ParameterizedTest
    @CsvSource({
        "governance, 400d,",
        "compliance, 400d,",
        "governance, 401d, 401d",
        "governance, 401d, 402d",
        "compliance, 3660d, 3660d",
        "governance, 3661d, 3661d"
    })
    void acceptsALockWithinItsCap(String mode, String period, String hold) {
        assertThat(Runbooks.problems(locked(mode, period, hold))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "governance; 401d; ; 401d, " + WITHOUT_HOLD + ". Write at most 400d, or a holdFor of at least 401d.",
                "governance; 9601h; ; 400d1h, " + WITHOUT_HOLD
                        + ". Write at most 400d, or a holdFor of at least 400d1h.",
                "compliance; 500d; 499d; 500d, " + WITHOUT_HOLD
                        + ". Write at most 400d, or a holdFor of at least 500d.",
                "compliance; 3661d; 9999d; 3661d, " + COMPLIANCE + ". Write at most 3660d.",
                "compliance; 3661d; ; 3661d, " + COMPLIANCE + ". Write at most 3660d."
            })
    void refusesALockAboveItsCap(String mode, String period, String hold, String said) {
        assertThat(Runbooks.problems(locked(mode, period, hold)))
                .containsExactly("r.yaml:35:35: \"datastores[0].backups[0].lock.for\" is " + said);
    }

    @Test
    void saysOnlyThatAHoldIsMalformedWhenALockNeedsIt() {
        assertThat(Runbooks.problems(locked("governance", "500d", "long")))
                .singleElement()
                .asString()
                .startsWith("r.yaml:36:9: \"datastores[0].backups[0].holdFor\" is \"long\"");
    }

    @Test
    void refusesAPolicyNameThatADatastoreUsesTwice() {
        String text = Runbooks.ordersWith("\nworkloads:", Runbooks.policy("nightly") + "\nworkloads:");

        assertThat(Runbooks.problems(text))
                .containsExactly("r.yaml:37:9: name \"nightly\" is used twice, first by datastores[0].backups[0]."
                        + " Rename one of them.");
    }

    @Test
    void acceptsAPolicyNameThatTwoDatastoresUse() {
        String orders = Runbooks.orders();
        String datastore = orders.substring(orders.indexOf("  - name: orders-db"), orders.indexOf("\nworkloads:"));
        String text = Runbooks.ordersWith(
                "\nworkloads:", datastore.replace("name: orders-db", "name: carts-db") + "\nworkloads:");

        assertThat(Runbooks.problems(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "''", "~", "500", "99999999999d", "[500d]", "{ d: 500 }"})
    void leavesAValueThatIsNoDurationToTheSchema(String value) {
        String lock = Runbooks.ordersWith(LOCK, "lock: { mode: compliance, for: " + value + " }");

        assertThat(mistakes(lock)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "archive; { ship: 5s }; basebackup",
                "increments; { full: 7d }; basebackup",
                "pgbackrest; { stanza: orders, repository: 1, full: 7d, between: diff }; pgbackrest"
            })
    void refusesASettingThatOnlyAnotherMethodReads(String setting, String value, String owner) {
        String text = Runbooks.ordersWith(LOCK, LOCK + "\n        " + setting + ": " + value);

        assertThat(Runbooks.problems(text))
                .containsExactly("r.yaml:36:9: \"" + setting + "\" is read by method \""
                        + owner + "\" only, and this policy's is \"logical\". Remove it, or write `method: " + owner
                        + "`.");
    }

    @Test
    void refusesWhatWouldOnlyLookLikeACopyOrALockOfPgBackRests() {
        String text = Runbooks.ordersWith("method: logical", "method: pgbackrest");

        assertThat(Runbooks.problems(text))
                .hasSize(3)
                .anyMatch(said -> said.contains("method \"pgbackrest\" needs to know its repository"))
                .anyMatch(said -> said.contains("cannot be copied from there. Write `copies: []`"))
                .anyMatch(said -> said.contains("nothing there would be locked"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{ warm: 29d, cold: 90d }; \"warm\" begins after 29d, and no store moves",
                "{ warm: 30d, cold: 59d }; \"cold\" begins after 59d, less than 30d after \"warm\". Write at least 60d.",
                "{ warm: 721h, cold: 90d }; \"warm\" is no number of whole days. Write days."
            })
    void refusesTiersThatNoStoreTakes(String tiers, String said) {
        String text = Runbooks.ordersWith(LOCK, LOCK + "\n        tiers: " + tiers);

        assertThat(Runbooks.problems(text)).singleElement().asString().contains(said);
        assertThat(Runbooks.problems(Runbooks.ordersWith(LOCK, LOCK + "\n        tiers: { warm: 30d, cold: 60d }")))
                .isEmpty();
    }

    private static List<ReferenceCheck.Mistake> mistakes(String text) {
        YamlNode root = YamlParser.parse("r.yaml", text, new ArrayList<>()).orElseThrow();
        return PolicyCheck.find(root, Set.of());
    }

    private static String locked(String mode, String period, String hold) {
        String lock = "lock: { mode: " + mode + ", for: " + period + " }";
        return Runbooks.ordersWith(LOCK, hold == null ? lock : lock + "\n        holdFor: " + hold);
    }
}
