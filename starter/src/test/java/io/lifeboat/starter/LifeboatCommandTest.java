package io.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lifeboat.starter.Commands.Result;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Order(1) // among the longest
@Timeout(30)
class LifeboatCommandTest {
    private static final String ID = "failover/orders/INC-1";

    private final Commands lifeboat = new Commands();

    @AfterEach
    void close() {
        lifeboat.close();
    }

    private Result start(String reason, String... more) {
        String[] args = new String[7 + more.length];
        System.arraycopy(
                new String[] {"failover", "orders", "--incident", "INC-1", "--yes", "--reason", reason}, 0, args, 0, 7);
        System.arraycopy(more, 0, args, 7, more.length);
        return lifeboat.run(args);
    }

    @Test
    void startsAFailoverThatThenWaitsForAnApproval() throws IOException {
        Result started = start("us-east-1 is gone", "-o", "json");

        assertThat(started.code()).as(started.err()).isEqualTo(4);
        assertThat(started.json().get("schemaVersion").asInt()).isEqualTo(1);
        assertThat(started.json().get("workflowId").asText()).isEqualTo(ID);
        assertThat(started.json().at("/status/phase").asText()).isEqualTo("AWAITING_APPROVAL");
        assertThat(started.err()).isEqualTo("Started " + ID + "\n");
    }

    @Test
    void findsTheRunOfAServiceByItsGuard() throws IOException {
        start("us-east-1 is gone");

        Result status = lifeboat.run("status", "orders", "-o", "json");

        assertThat(status.code()).as(status.err()).isEqualTo(4);
        assertThat(status.json().get("workflowId").asText()).isEqualTo(ID);
    }

    @Test
    void refusesASecondRunOfTheSameIncident() {
        start("us-east-1 is gone");

        Result second = start("again");

        assertThat(second.code()).isEqualTo(6);
        assertThat(second.err()).startsWith("Cannot start a failover of \"orders\": " + ID + " exists already.");
    }

    @Test
    void refusesASecondRunOfTheServiceUnderAnotherName() {
        start("us-east-1 is gone");

        Result second = lifeboat.run("failover", "orders", "--incident", "INC-2", "--yes", "--reason", "again");

        assertThat(second.code()).as(second.err()).isEqualTo(6);
        assertThat(second.out()).contains("another run holds the service");
    }

    @Test
    void saysThatAServiceIsUnknown() {
        Result started = lifeboat.run("failover", "unheard-of", "--yes", "--reason", "x");

        assertThat(started.code()).as(started.err()).isEqualTo(6);
        assertThat(started.out()).contains("the catalog has orders. Correct the name.");
        assertThat(started.err()).doesNotContain("\tat ");
    }

    @Test
    void startsNothingWithoutAYesWhereNobodyCanBeAsked() {
        Result started = lifeboat.run("failover", "orders", "--reason", "x");

        assertThat(started.code()).isEqualTo(2);
        assertThat(started.err()).contains("add --yes");
        assertThat(lifeboat.run("status", "orders").code()).isEqualTo(6);
    }

    @Test
    void startsNothingWhenAnotherNameIsTyped() {
        Result started = lifeboat.typing("order", "failover", "orders", "--reason", "x");

        assertThat(started.code()).isEqualTo(2);
        assertThat(started.err()).contains("That is not \"orders\"; nothing was done.");
    }

    @Test
    void startsWhenTheNameIsTyped() {
        Result started = lifeboat.typing("orders", "failover", "orders", "--reason", "x");

        assertThat(started.code()).as(started.err()).isEqualTo(4);
    }

    @Test
    void countsAnApprovalOnceThatIsSaidTwice() throws IOException {
        start("us-east-1 is gone");

        Result first = lifeboat.run("approve", "orders", "--by", "ada", "-o", "json");
        Result second = lifeboat.run("approve", ID, "--by", "ada", "-o", "json");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.json().get("answer").asText())
                .isEqualTo("ada has approved this plan before; it counts once.");
        JsonNode status = lifeboat.run("status", ID, "-o", "json").json();
        assertThat(status.get("approvals")).hasSize(1);
        assertThat(status.get("decisions")).hasSize(1);
    }

    @Test
    void showsARefusalAsOneSentence() throws IOException {
        start("us-east-1 is gone");

        Result refused = lifeboat.run("retry", "orders");
        Result json = lifeboat.run("skip", "orders", "--reason", "x", "-o", "json");

        assertThat(refused.code()).isEqualTo(6);
        assertThat(refused.err()).isEqualTo("Cannot retryStep: no step waits for a decision. Look at its status.\n");
        assertThat(json.json().get("accepted").asBoolean()).isFalse();
        assertThat(json.json().get("answer").asText()).startsWith("Cannot skipStep");
    }

    @Test
    void refusesAPlanThatIsNotTheOneThatStands() {
        start("us-east-1 is gone");

        Result refused = lifeboat.run("approve", "orders", "--plan", "other");

        assertThat(refused.code()).isEqualTo(6);
        assertThat(refused.err()).contains("the plan is another one");
    }

    @Test
    void takesASecondHoldAfterAResumeForADecisionOfItsOwn() throws IOException {
        start("us-east-1 is gone");
        for (String verb : new String[] {"hold", "resume", "hold"}) {
            assertThat(lifeboat.run(verb, "orders", "--by", "ada").code()).isZero();
        }

        JsonNode status = lifeboat.run("status", "orders", "-o", "json").json();

        assertThat(status.get("held").asBoolean()).isTrue();
        assertThat(status.get("decisions")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"goes well, 0, GREEN", "amber for a skip, 3, AMBER", "fails at once, 1, RED"})
    void followsARunAndExitsAsItEnds(String reason, int code, String verdict) throws Exception {
        start(reason);
        CompletableFuture<Result> watching =
                CompletableFuture.supplyAsync(() -> lifeboat.run("watch", "orders", "-o", "json"));

        lifeboat.run("approve", ID, "--by", "ada");

        Result watched = watching.get(15, TimeUnit.SECONDS);
        assertThat(watched.code()).as(watched.err()).isEqualTo(code);
        assertThat(watched.json().get("verdict").asText()).isEqualTo(verdict);
        assertThat(watched.json().get("exitCode").asInt()).isEqualTo(code);
        assertThat(watched.err()).contains(": A headline.").doesNotContain("\u001b");
        assertThat(lifeboat.run("status", ID).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"abort", "reject"})
    void exitsWithFiveWhenAPersonEndedIt(String verb) {
        start("us-east-1 is gone");
        String[] told = verb.equals("abort")
                ? new String[] {verb, ID, "--reason", "false alarm", "--yes"}
                : new String[] {verb, ID, "--reason", "false alarm"};

        assertThat(lifeboat.run(told).code()).isZero();

        assertThat(lifeboat.run("watch", ID).code()).isEqualTo(5);
    }

    @Test
    void saysWhyThereIsNoReport() {
        start("us-east-1 is gone");
        Result early = lifeboat.run("report", ID);
        lifeboat.run("approve", ID, "--by", "ada");
        lifeboat.run("watch", ID);
        Result without = lifeboat.run("report", ID);

        assertThat(early.code()).isEqualTo(6);
        assertThat(early.err()).startsWith("There is no report of " + ID + " yet: a run writes it when it ends.");
        assertThat(without.code()).isEqualTo(6);
        assertThat(without.err()).startsWith("There is no report of " + ID + ": it ended without one");
    }

    @Test
    void knowsNoRunThatIsNotThere() {
        Result status = lifeboat.run("status", "nothing");

        assertThat(status.code()).isEqualTo(6);
        assertThat(status.err()).startsWith("No run of \"nothing\" is known");
    }

    @Test
    void explainsWhatItDoesNotUnderstand() {
        assertThat(lifeboat.run("failover", "orders").code()).isEqualTo(2);
        assertThat(lifeboat.run("failover", "orders").err())
                .isEqualTo("Missing required option: '--reason=TEXT'\nSee 'lifeboat failover --help'.\n");
        assertThat(lifeboat.run().code()).isEqualTo(2);
        assertThat(lifeboat.run("fialover").code()).isEqualTo(2);
    }
}
