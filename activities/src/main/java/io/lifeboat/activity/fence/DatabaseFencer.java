package io.lifeboat.activity.fence;

import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.database.FenceProof;
import io.lifeboat.activity.epoch.EpochGate;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.fence.FenceActivities.Fence;
import io.lifeboat.workflow.fence.FenceActivities.LiftReceipt;
import io.lifeboat.workflow.fence.FenceReceipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Driver {@code database}: every datastore of the region refuses connections and has no session left. It proves nothing of
 * a database that does not answer, nor of a standby, which somebody else may promote.
 */
public final class DatabaseFencer implements Fencer {
    private final Databases databases;
    private final EpochGate gate;

    public DatabaseFencer(Databases databases, EpochGate gate) {
        this.databases = databases;
        this.gate = gate;
    }

    private record Outcome(Datastore datastore, FenceProof proof) {
        String sentence() {
            return "\"" + datastore.name() + "\": " + proof.observation();
        }
    }

    @Override
    public FenceReceipt fence(Fence request) {
        List<Datastore> here = in(request);
        if (here.isEmpty()) {
            return receipt(request, false, "the runbook names no datastore there", List.of());
        }
        List<Outcome> outcomes = eachAtOnce(here, datastore -> new Outcome(datastore, fence(request, datastore)));
        List<Outcome> open =
                outcomes.stream().filter(outcome -> !outcome.proof().proven()).toList();
        // The proofs that there are stand in the facts; the observation is what decides.
        List<Outcome> decisive = open.isEmpty() ? outcomes : open;
        return receipt(
                request,
                open.isEmpty(),
                String.join("; ", decisive.stream().map(Outcome::sentence).toList()),
                facts(outcomes));
    }

    @Override
    public LiftReceipt lift(Fence request) {
        List<String> seen =
                eachAtOnce(in(request), datastore -> "\"" + datastore.name() + "\" " + lift(request, datastore));
        return new LiftReceipt(
                request.region(),
                request.driver().word(),
                seen.isEmpty() ? "the runbook names no datastore there" : String.join("; ", seen));
    }

    private FenceProof fence(Fence request, Datastore datastore) {
        try {
            return databases
                    .engine(datastore)
                    .fence(
                            databases.instance(datastore, request.region()),
                            () -> gate.requireNewest(request.epoch()),
                            request.driver().timeout());
        } catch (DatabaseException e) {
            return FenceProof.missing(e.getMessage());
        }
    }

    private String lift(Fence request, Datastore datastore) {
        try {
            return databases
                    .engine(datastore)
                    .lift(
                            databases.instance(datastore, request.region()),
                            () -> gate.requireNewest(request.epoch()),
                            request.driver().timeout());
        } catch (DatabaseException e) {
            throw FailureType.UNAVAILABLE.failure(
                    "Cannot lift the fence of \"" + datastore.name() + "\" in "
                            + request.region() + ": " + e.getMessage()
                            + ". It is tried again; start the server, or lift it by ALTER DATABASE ... ALLOW_CONNECTIONS true.");
        }
    }

    private static List<Datastore> in(Fence request) {
        return request.datastores().stream()
                .filter(datastore -> datastore.in(request.region()).isPresent())
                .toList();
    }

    private static FenceReceipt receipt(Fence request, boolean proven, String observation, List<Fact> facts) {
        return new FenceReceipt(request.region(), request.driver().word(), proven, observation, facts);
    }

    private static List<Fact> facts(List<Outcome> outcomes) {
        List<Fact> facts = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            String name = outcome.datastore().name();
            FenceProof proof = outcome.proof();
            facts.add(new Fact(name, (proof.proven() ? "fenced: " : "not proven: ") + proof.observation()));
            if (proof.proven()) {
                facts.add(new Fact(name + " sessions ended", Integer.toString(proof.sessionsEnded())));
            }
            if (proof.preparedTransactions() > 0) {
                facts.add(new Fact(
                        name + " prepared transactions",
                        proof.preparedTransactions() + ", none of which can be committed while the fence is up"));
            }
        }
        return facts;
    }

    /** All at once, so that the time-out of the driver bounds them together; the first failure is thrown. */
    private static <T> List<T> eachAtOnce(List<Datastore> datastores, Function<Datastore, T> work) {
        List<CompletableFuture<T>> running = datastores.stream()
                .map(datastore -> {
                    CompletableFuture<T> future = new CompletableFuture<>();
                    Thread.ofVirtual().name("fence-" + datastore.name()).start(() -> {
                        try {
                            future.complete(work.apply(datastore));
                        } catch (RuntimeException e) {
                            future.completeExceptionally(e);
                        }
                    });
                    return future;
                })
                .toList();
        try {
            return running.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException | CancellationException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
