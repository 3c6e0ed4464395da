package io.lifeboat.activity.restore;

import io.lifeboat.activity.backup.BackupChains;
import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.BackupFailures;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.backup.DatastoreEngine;
import io.lifeboat.activity.backup.DatastoreEngine.Restored;
import io.lifeboat.activity.database.DatabaseEngine;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.database.EpochRow;
import io.lifeboat.activity.database.postgresql.PostgresReplacement;
import io.lifeboat.activity.database.postgresql.PostgresTransfer;
import io.lifeboat.activity.epoch.EpochGate;
import io.lifeboat.activity.manifest.Manifest.Content;
import io.lifeboat.activity.pulse.PulseStore;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.restore.ExchangeReceipt;
import io.lifeboat.workflow.restore.RecoveryReceipt.Check;
import io.lifeboat.workflow.restore.ReplacementActivities;
import io.lifeboat.workflow.restore.ReplacementReceipt;
import io.lifeboat.workflow.restore.RestoreActivities.Recovering;
import io.lifeboat.workflow.restore.RestorePoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** Replaces databases of PostgreSQL by restored copies, in the server they are in. */
public final class DefaultReplacementActivities implements ReplacementActivities {
    private static final Duration QUESTION = Duration.ofSeconds(30);

    private final BackupChains chains;
    private final Databases databases;
    private final IsolatedInstances isolated;
    private final DatastoreEngine logical;
    private final PostgresTransfer transfer;
    private final EpochGate gate;
    private final Function<Ledger, PulseStore> pulses;
    private final LongConsumer progress;

    /**
     * @param logical restores what method {@code logical} has taken
     * @param progress told the bytes moved so far, from the thread that moved them
     */
    public DefaultReplacementActivities(
            BackupChains chains,
            Databases databases,
            IsolatedInstances isolated,
            DatastoreEngine logical,
            PostgresTransfer transfer,
            EpochGate gate,
            Function<Ledger, PulseStore> pulses,
            LongConsumer progress) {
        this.chains = chains;
        this.databases = databases;
        this.isolated = isolated;
        this.logical = logical;
        this.transfer = transfer;
        this.gate = gate;
        this.pulses = pulses;
        this.progress = progress;
    }

    @Override
    public RestorePoint choose(Choosing request) {
        return BackupFailures.named(
                "choose a backup of " + request.datastore().name(), () -> new RestorePoints(chains, request).choose());
    }

    @Override
    public ReplacementReceipt build(Building request) {
        String what = "restore " + request.point().backup().id() + " beside "
                + instance(request.replacement()).name();
        return BackupFailures.named(what, () -> built(request));
    }

    private ReplacementReceipt built(Building request) {
        long began = System.nanoTime();
        Replacement replaced = request.replacement();
        PostgresReplacement replacement = replacement(replaced);
        List<String> leftOut = new ArrayList<>(replacement.create(atTheEffect(replaced)));
        DatabaseInstance copy = replacement.copyInstance();
        Restored restored = request.point().policy().ofFiles() ? fromFiles(request, copy) : fromDump(request, copy);
        leftOut.addAll(restored.leftOut());
        DatabaseEngine engine = databases.engine(replaced.datastore());
        List<Check> checks = checked(engine, copy, request);
        Optional<ReplacementReceipt.Loss> lost = new MarkerGap(engine, copy)
                .of(pulses.apply(replaced.epoch().ledger())
                        .load(replaced.epoch().service(), replaced.datastore().name()));
        claim(engine, copy, replaced);
        return new ReplacementReceipt(
                request.point().backup().id(),
                replacement.copy(),
                request.point().moment(),
                restored.contents().size(),
                restored.contents().stream().mapToLong(Content::rows).sum(),
                Math.round((System.nanoTime() - began) / 1e6) / 1000.0,
                checks,
                lost,
                leftOut);
    }

    private Restored fromDump(Building request, DatabaseInstance copy) {
        RestorePoint point = request.point();
        BackupPlace place = new BackupPlace(
                point.backup().region(),
                point.backup().bucket(),
                request.replacement().epoch().service(),
                request.replacement().datastore().name());
        return chains.of(point.policy().dataClass(), progress)
                .restore(logical, place, point.backup().id(), copy);
    }

    private Restored fromFiles(Building request, DatabaseInstance copy) {
        Recovering recovering = new Recovering(
                request.replacement().epoch().service(),
                request.replacement().datastore(),
                request.point().policy(),
                request.point().backup(),
                request.replacement().epoch().run(),
                request.mark(),
                List.of());
        return isolated.use(recovering, recovered -> {
            new IsolatedRecovery(databases, recovering).check(recovered);
            return transfer.carry(recovered.instance(), copy, progress);
        });
    }

    private static List<Check> checked(DatabaseEngine engine, DatabaseInstance copy, Building request) {
        List<Check> checks = request.checks().stream()
                .map(test -> SqlCheck.ask(engine, copy, test))
                .toList();
        if (checks.stream().anyMatch(check -> !check.passed())) {
            throw new BackupException(
                    Kind.CORRUPT,
                    request.point().backup().id() + " was restored beside " + copy.name()
                            + ", but is not as it must be: "
                            + checks.stream()
                                    .filter(check -> !check.passed())
                                    .map(check -> check.name() + " (" + check.seen() + ")")
                                    .collect(Collectors.joining("; "))
                            + ". Nothing was replaced. Restore another backup, or to an earlier moment.");
        }
        return checks;
    }

    /** The copy knows the epochs of its own time only; whoever promotes its standby next must find this one. */
    private static void claim(DatabaseEngine engine, DatabaseInstance copy, Replacement replaced) {
        Epoch epoch = replaced.epoch();
        engine.claim(
                copy,
                new EpochRow(epoch.service(), epoch.number(), epoch.run(), replaced.region(), Optional.empty()),
                QUESTION);
    }

    @Override
    public ExchangeReceipt exchange(Replacement request) {
        PostgresReplacement replacement = replacement(request);
        return BackupFailures.named(
                "put the restored copy in the place of " + instance(request).name(), () -> {
                    boolean now = replacement.exchange(atTheEffect(request));
                    return new ExchangeReceipt(
                            request.region(),
                            replacement.aside(),
                            "The restored copy has taken its place" + (now ? "" : " already")
                                    + "; the damaged database is kept as \"" + replacement.aside() + "\".");
                });
    }

    @Override
    public ExchangeReceipt exchangeBack(Replacement request) {
        PostgresReplacement replacement = replacement(request);
        return BackupFailures.named(
                "put the damaged database back as " + instance(request).name(), () -> {
                    boolean now = replacement.exchangeBack(atTheEffect(request));
                    return new ExchangeReceipt(
                            request.region(),
                            "",
                            now
                                    ? "the damaged database is back in its place"
                                    : "the damaged database had not left its place");
                });
    }

    @Override
    public ExchangeReceipt drop(Replacement request) {
        PostgresReplacement replacement = replacement(request);
        return BackupFailures.named(
                "remove the restored copy beside " + instance(request).name(), () -> {
                    boolean now = replacement.drop(atTheEffect(request));
                    return new ExchangeReceipt(
                            request.region(), "", now ? "the restored copy is removed" : "there was no restored copy");
                });
    }

    private PostgresReplacement replacement(Replacement request) {
        return new PostgresReplacement(instance(request), request.epoch().run());
    }

    private DatabaseInstance instance(Replacement request) {
        return databases.instance(request.datastore(), request.region());
    }

    private Runnable atTheEffect(Replacement request) {
        return () -> gate.requireNewest(request.epoch());
    }
}
