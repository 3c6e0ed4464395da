package io.lifeboat.activity.traffic;

import io.lifeboat.activity.dns.DnsZones;
import io.lifeboat.activity.dns.Resolver;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.verification.HttpProbe;
import io.lifeboat.runbook.Traffic;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.traffic.TrafficActivities.Watch;
import io.lifeboat.workflow.traffic.WatchReceipt;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Uses the service as a client would: resolves its public name, keeps the answer for its TTL, asks, and counts. */
final class TrafficWatch {
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(200);
    /** Leaves the call, which may take thirty seconds longer than the watch, the time for its last question. */
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(20);

    private final DnsZones zones;
    private final Settings settings;
    private String address = "";
    private long resolvedAt;

    TrafficWatch(DnsZones zones, Settings settings) {
        this.zones = zones;
        this.settings = settings;
    }

    WatchReceipt run(Watch request) {
        Traffic traffic = request.traffic();
        int port =
                Integer.parseInt(settings.resolve(traffic.in(request.region()).port()));
        HttpProbe probe = new HttpProbe(traffic.record(), request.question());
        List<String> servers = zones.nameservers(traffic.zone());
        WatchJudge judge = new WatchJudge(settling(traffic), traffic.watch());
        long started = System.nanoTime();
        String last = "";
        while (!judge.isOver(since(started))) {
            Duration askedAt = since(started);
            String at = resolve(traffic, servers);
            HttpProbe.Answer answer =
                    at.isEmpty() ? new HttpProbe.Answer(false, "no DNS server has an address") : probe.ask(at, port);
            judge.take(askedAt, since(started), answer.good());
            last = answer.good() ? last : answer.seen();
            LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw FailureType.UNAVAILABLE.failure(
                        "The watch of \"" + traffic.record() + "\" was interrupted. It is begun again.");
            }
        }
        double seconds = since(started).toMillis() / 1000.0;
        if (!judge.hasRecovered()) {
            throw FailureType.UNAVAILABLE.failure("Cannot call \"" + traffic.record() + "\" recovered: of "
                    + judge.asked() + " answers in " + seconds + " s " + judge.good() + " were good; of the "
                    + judge.judged() + " that count, once it had settled, " + judge.bad() + " were bad where "
                    + judge.allowed() + " may be and the last one must be good. The last bad one was " + last
                    + ". Look at the service in " + request.region() + ".");
        }
        return new WatchReceipt(traffic.record(), judge.asked(), judge.good(), seconds);
    }

    private static Duration settling(Traffic traffic) {
        return traffic.ttl().compareTo(LONGEST_SETTLING) < 0 ? traffic.ttl() : LONGEST_SETTLING;
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private String resolve(Traffic traffic, List<String> servers) {
        boolean fresh = !address.isEmpty()
                && System.nanoTime() - resolvedAt < traffic.ttl().toNanos();
        if (!fresh) {
            for (String server : servers) {
                try {
                    Set<String> found = new Resolver(server).addresses(traffic.record());
                    if (!found.isEmpty()) {
                        address = found.iterator().next();
                        resolvedAt = System.nanoTime();
                        return address;
                    }
                } catch (IOException silent) {
                    // A client asks the next server.
                }
            }
        }
        return address;
    }
}
