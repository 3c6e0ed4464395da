package io.lifeboat.lab.power;

import io.lifeboat.lab.LabState;
import io.lifeboat.lab.http.Answer;
import io.lifeboat.lab.http.JsonServer;
import io.lifeboat.lab.http.Question;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The fence agents of all regions, behind one port.
 *
 * <pre>
 * GET  /regions/NAME            -> {"region","power":"on"|"off","processes":n}, looked at each time
 * POST /regions/NAME/off        -> the same, once nothing of the region runs; 500 when something cannot be stopped
 * POST /regions/NAME/on         -> the same, the fence lifted
 * POST /regions/NAME/breakdown  -> a {@link Breakdown} as JSON string: how the agent misbehaves from now on
 * </pre>
 */
public final class FenceAgent implements AutoCloseable {

    private static final String PATH = "/regions/";

    private static final class Agent {
        final RegionPower power;
        volatile Breakdown breakdown = Breakdown.NONE;

        Agent(RegionPower power) {
            this.power = power;
        }
    }

    private final Map<String, Agent> agents = new ConcurrentHashMap<>();
    private final JsonServer server;

    private FenceAgent(InetSocketAddress at, Path folder, List<String> regions) {
        for (String region : regions) {
            Path below = folder.resolve(region);
            Path fence = folder.resolve(region + ".off");
            agents.put(region, new Agent(new RegionPower(region, fence, new FolderProcesses(below))));
        }
        server = JsonServer.start("the fence agents", at, this::answer);
    }

    /**
     * Agents for the regions of a lab.
     *
     * @param folder the lab's folder; what runs below {@code folder/REGION} is the region's
     */
    public static FenceAgent start(InetSocketAddress at, Path folder, List<String> regions) {
        return new FenceAgent(at, folder, regions);
    }

    /** Agents as a lab's state asks for them. */
    public static FenceAgent start(LabState lab) {
        return start(
                new InetSocketAddress(lab.outside().address(), lab.outside().powerPort()),
                Path.of(lab.folder()),
                lab.regions().stream().map(LabState.Region::name).toList());
    }

    /** Where the agents answer. */
    public InetSocketAddress address() {
        return server.address();
    }

    private Answer answer(Question question) throws IOException, InterruptedException {
        String[] words = question.path().startsWith(PATH)
                ? question.path().substring(PATH.length()).split("/", 2)
                : new String[] {""};
        Agent agent = agents.get(words[0]);
        if (agent == null) {
            return Answer.error(
                    404,
                    "no agent answers " + question.line() + "; there are "
                            + agents.keySet().stream()
                                    .sorted()
                                    .map(PATH::concat)
                                    .collect(Collectors.joining(", ")));
        }
        return switch (question.method() + " " + (words.length > 1 ? words[1] : "")) {
            case "GET " -> Answer.ok(agent.power.state());
            case "POST off" -> off(words[0], agent);
            case "POST on" -> on(words[0], agent);
            case "POST breakdown" -> {
                agent.breakdown = question.as(Breakdown.class);
                yield Answer.ok(agent.power.state());
            }
            default -> Answer.unknown(question);
        };
    }

    private static Answer off(String region, Agent agent) throws IOException, InterruptedException {
        return switch (agent.breakdown) {
            case NONE -> Answer.ok(agent.power.off());
            case FAILS -> broken(region);
            case HANGS -> neverAnswers();
            case LIES -> Answer.ok(PowerState.of(region, true, 0));
        };
    }

    private static Answer on(String region, Agent agent) throws IOException, InterruptedException {
        return switch (agent.breakdown) {
            case NONE, LIES -> Answer.ok(agent.power.on());
            case FAILS -> broken(region);
            case HANGS -> neverAnswers();
        };
    }

    private static Answer broken(String region) {
        return Answer.error(500, "the fence agent of " + region + " is out of order and did nothing");
    }

    private static Answer neverAnswers() throws InterruptedException {
        TimeUnit.DAYS.sleep(1);
        return Answer.error(500, "woken after a day");
    }

    @Override
    public void close() {
        server.close();
    }
}
