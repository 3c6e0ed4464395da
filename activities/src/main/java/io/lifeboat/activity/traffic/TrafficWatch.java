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
    /** Fewer good answers than this, of all that were asked for, is not a service one would give back to its clients. */
    private static final double GOOD_ENOUGH = 0.99;

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
        long started = System.nanoTime();
        int asked = 0;
        int good = 0;
        String last = "";
        while (System.nanoTime() - started < traffic.watch().toNanos()) {
            String at = resolve(traffic, servers);
            HttpProbe.Answer answer =
                    at.isEmpty() ? new HttpProbe.Answer(false, "no DNS server has an address") : probe.ask(at, port);
            asked++;
            good += answer.good() ? 1 : 0;
            last = answer.good() ? last : answer.seen();
            LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw FailureType.UNAVAILABLE.failure(
                        "The watch of \"" + traffic.record() + "\" was interrupted. It is begun again.");
            }
        }
        double seconds = Math.round((System.nanoTime() - started) / 1e6) / 1000.0;
        if (good < asked * GOOD_ENOUGH) {
            throw FailureType.UNAVAILABLE.failure("Cannot call \"" + traffic.record() + "\" recovered: only " + good
                    + " of " + asked + " answers in " + seconds + " s were good, the last bad one was " + last
                    + ". Look at the service in " + request.region() + ".");
        }
        return new WatchReceipt(traffic.record(), asked, good, seconds);
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
