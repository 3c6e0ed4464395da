package io.lifeboat.activity.verification;

import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.verification.VerificationActivities;
import io.lifeboat.workflow.verification.VerificationReceipt;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Smoke tests at a region's own endpoint and database. */
public final class DefaultVerificationActivities implements VerificationActivities {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
    private static final Duration QUERY = Duration.ofSeconds(2);

    private final Settings settings;
    private final Databases databases;

    public DefaultVerificationActivities(Settings settings, Databases databases) {
        this.settings = settings;
        this.databases = databases;
    }

    @Override
    public VerificationReceipt verify(Verification request) {
        SmokeTest test = request.test();
        long started = System.nanoTime();
        int tries = 0;
        while (true) {
            tries++;
            HttpProbe.Answer answer = ask(request);
            double seconds = Math.round((System.nanoTime() - started) / 1e6) / 1000.0;
            if (answer.good()) {
                return new VerificationReceipt(test.name(), request.region(), answer.seen(), tries, seconds);
            }
            if (System.nanoTime() - started > test.timeout().toNanos()
                    || Thread.currentThread().isInterrupted()) {
                throw FailureType.PRECONDITION_FAILED.failure("Smoke test \"" + test.name() + "\" did not pass in "
                        + request.region() + " within " + seconds + " s: the last answer was " + answer.seen()
                        + ". Look at the service there, then retryStep.");
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
    }

    private HttpProbe.Answer ask(Verification request) {
        return switch (request.test()) {
            case SmokeTest.Http http ->
                new HttpProbe(request.publicName(), http)
                        .ask(
                                settings.resolve(request.endpoint().address()),
                                Integer.parseInt(
                                        settings.resolve(request.endpoint().port())));
            case SmokeTest.Sql sql -> ask(sql, request);
        };
    }

    private HttpProbe.Answer ask(SmokeTest.Sql sql, Verification request) {
        Datastore datastore = request.datastores().stream()
                .filter(d -> d.name().equals(sql.datastore()))
                .findFirst()
                .orElseThrow(() -> FailureType.INVALID_RUNBOOK.failure("Smoke test \"" + sql.name()
                        + "\" names datastore \"" + sql.datastore() + "\", which the runbook does not have."));
        try {
            String seen = databases
                    .engine(datastore)
                    .scalar(databases.instance(datastore, request.region()), sql.query(), QUERY)
                    .orElse("no row");
            return new HttpProbe.Answer(seen.equals(sql.expect()), "answered " + seen);
        } catch (DatabaseException failure) {
            return new HttpProbe.Answer(false, failure.getMessage());
        }
    }
}
