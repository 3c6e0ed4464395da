package io.lifeboat.lab.route53;

import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** The operations of the HTTP API on health checks. */
final class HealthCheckOperations {
    private final HealthProber prober;

    HealthCheckOperations(HealthProber prober) {
        this.prober = prober;
    }

    synchronized ApiReply create(ApiRequest request) {
        HealthCheck wanted = HealthCheck.read(request.body(), UUID.randomUUID().toString());
        Optional<HealthCheck> known = prober.findByCallerReference(wanted.callerReference());
        if (known.isPresent() && !known.get().isConfiguredLike(wanted)) {
            throw Route53Fault.of(
                    409,
                    "HealthCheckAlreadyExists",
                    "A health check with the caller reference you specified already exists.");
        }
        HealthCheck check = known.orElse(wanted);
        if (known.isEmpty()) {
            prober.start(check);
        }
        String location = "https://route53.amazonaws.com" + ApiRequest.VERSION + "/healthcheck/" + check.id();
        return ApiReply.created(location, "CreateHealthCheckResponse", check::write);
    }

    ApiReply get(ApiRequest request) {
        return ApiReply.ok("GetHealthCheckResponse", prober.find(request.id())::write);
    }

    ApiReply delete(ApiRequest request) {
        prober.stop(request.id());
        return ApiReply.ok("DeleteHealthCheckResponse", xml -> {});
    }

    /** What the lab's only checker saw last; like Route 53's, its report does not invert. */
    ApiReply status(ApiRequest request) {
        Optional<HealthProber.Observation> newest = prober.newest(request.id());
        return ApiReply.ok(
                "GetHealthCheckStatusResponse",
                xml -> xml.element("HealthCheckObservations", list -> newest.ifPresent(seen -> write(list, seen))));
    }

    private static void write(XmlText xml, HealthProber.Observation seen) {
        xml.element("HealthCheckObservation", observation -> {
            observation.element("Region", "us-east-1");
            observation.element("IPAddress", "127.0.0.1");
            observation.element("StatusReport", report -> {
                report.element("Status", seen.report());
                report.element("CheckedTime", seen.checkedAt().truncatedTo(ChronoUnit.MILLIS));
            });
        });
    }
}
