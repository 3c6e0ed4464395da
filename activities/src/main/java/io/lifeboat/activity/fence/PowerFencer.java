package io.lifeboat.activity.fence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.epoch.EpochGate;
import io.lifeboat.activity.http.BoundedHttp;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.FenceDriver;
import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.fence.FenceActivities;
import io.lifeboat.workflow.fence.FenceReceipt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/**
 * Asks a region's fence agent to stop its machines, then asks it again whether they are off. The agent speaks JSON: {@code
 * GET <agent>} answers {@code {"region","power":"on|off","processes"}}, {@code POST <agent>/off} and {@code /on} the same
 * once it is true.
 */
public final class PowerFencer implements Fencer {
    private static final ObjectMapper JSON = WireFormat.mapper();

    private final Settings settings;
    private final EpochGate gate;

    public PowerFencer(Settings settings, EpochGate gate) {
        this.settings = settings;
        this.gate = gate;
    }

    /** @param processes what the agent still sees running */
    private record Power(String region, String power, int processes) {
        boolean isOff() {
            return power.equals("off") && processes == 0;
        }

        String sentence() {
            return "power " + power + " and " + processes + " processes";
        }
    }

    @Override
    public FenceReceipt fence(FenceActivities.Fence request) {
        Deadline deadline = Deadline.in(request.driver().timeout());
        URI agent = agent(request);
        Power before = askOwn(request, agent, deadline);
        if (!before.isOff()) {
            gate.requireNewest(request.epoch());
            ask("POST", URI.create(agent + "/off"), deadline);
        }
        Power after = askOwn(request, agent, deadline);
        boolean proven = after.isOff();
        return new FenceReceipt(
                request.region(),
                request.driver().word(),
                proven,
                proven ? "the fence agent sees no power and no process" : "the fence agent sees " + after.sentence(),
                List.of(
                        new Fact("power before", before.power() + ", " + before.processes() + " processes"),
                        new Fact("power after", after.power() + ", " + after.processes() + " processes")));
    }

    @Override
    public FenceActivities.LiftReceipt lift(FenceActivities.Fence request) {
        gate.requireNewest(request.epoch());
        URI agent = agent(request);
        Deadline deadline = Deadline.in(request.driver().timeout());
        if (!askOwn(request, agent, deadline).power().equals("on")) {
            ask("POST", URI.create(agent + "/on"), deadline);
        }
        Power after = askOwn(request, agent, deadline);
        if (!after.power().equals("on")) {
            throw FailureType.UNAVAILABLE.failure("Cannot switch " + request.region()
                    + " on again: its fence agent still sees " + after.sentence() + ". It is tried again.");
        }
        return new FenceActivities.LiftReceipt(
                request.region(), request.driver().word(), "power is " + after.power());
    }

    private URI agent(FenceActivities.Fence request) {
        FenceDriver.Power driver = (FenceDriver.Power) request.driver();
        return driver.agents().stream()
                .filter(a -> a.region().equals(request.region()))
                .findFirst()
                .map(a -> URI.create(settings.resolve(a.url())))
                .orElseThrow(() -> FailureType.TARGET_NOT_FOUND.failure("Cannot switch off " + request.region()
                        + ": the runbook names no fence agent for it. Add one under `fence`."));
    }

    /** What the region's own agent sees. Another region's agent must never be told to switch anything. */
    private static Power askOwn(FenceActivities.Fence request, URI agent, Deadline deadline) {
        Power seen = ask("GET", agent, deadline);
        if (!seen.region().equals(request.region())) {
            throw FailureType.PRECONDITION_FAILED.failure("Cannot switch " + request.region() + ": its fence agent "
                    + agent + " says that it stands for \"" + seen.region() + "\". Correct the runbook's agents.");
        }
        return seen;
    }

    private static Power ask(String method, URI uri, Deadline deadline) {
        try {
            HttpResponse<byte[]> response = BoundedHttp.send(
                    HttpRequest.newBuilder(uri)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    deadline.remaining());
            if (response.statusCode() != 200) {
                throw FailureType.UNAVAILABLE.failure(
                        "The fence agent answered " + response.statusCode() + " to " + method + " " + uri + ".");
            }
            JsonNode body = JSON.readTree(response.body());
            return new Power(
                    body.path("region").asText(),
                    body.path("power").asText(),
                    body.path("processes").asInt(-1));
        } catch (IOException e) {
            throw FailureType.UNAVAILABLE.failure("The fence agent does not answer " + method + " " + uri + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureType.UNAVAILABLE.failure("The call of the fence agent was interrupted.", e);
        }
    }
}
