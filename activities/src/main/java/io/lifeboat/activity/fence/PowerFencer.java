package io.lifeboat.activity.fence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.activity.epoch.EpochGate;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.FenceDriver;
import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.fence.FenceActivities;
import io.lifeboat.workflow.fence.FenceReceipt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
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
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    public PowerFencer(Settings settings, EpochGate gate) {
        this.settings = settings;
        this.gate = gate;
    }

    /** @param processes what the agent still sees running */
    private record Power(String region, String power, int processes) {
        boolean isOff() {
            return power.equals("off") && processes == 0;
        }
    }

    @Override
    public FenceReceipt fence(FenceActivities.Fence request) {
        Duration timeout = request.driver().timeout();
        URI agent = agent(request);
        Power before = ask("GET", agent, timeout);
        if (!before.isOff()) {
            gate.requireNewest(request.epoch());
            ask("POST", URI.create(agent + "/off"), timeout);
        }
        Power after = ask("GET", agent, timeout);
        boolean proven = after.isOff() && after.region().equals(request.region());
        return new FenceReceipt(
                request.region(),
                request.driver().word(),
                proven,
                proven
                        ? "the fence agent sees no power and no process"
                        : "the fence agent of " + after.region() + " sees power " + after.power() + " and "
                                + after.processes() + " processes",
                List.of(
                        new Fact("power before", before.power() + ", " + before.processes() + " processes"),
                        new Fact("power after", after.power() + ", " + after.processes() + " processes")));
    }

    @Override
    public FenceActivities.LiftReceipt lift(FenceActivities.Fence request) {
        gate.requireNewest(request.epoch());
        URI agent = agent(request);
        Duration timeout = request.driver().timeout();
        if (!ask("GET", agent, timeout).power().equals("on")) {
            ask("POST", URI.create(agent + "/on"), timeout);
        }
        return new FenceActivities.LiftReceipt(
                request.region(),
                request.driver().word(),
                "power is " + ask("GET", agent, timeout).power());
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

    private Power ask(String method, URI uri, Duration timeout) {
        try {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(uri)
                            .timeout(timeout)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
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
