package io.lifeboat.starter;

import io.lifeboat.starter.ScheduleChange.Kind;
import io.lifeboat.starter.ScheduleDifferences.Difference;
import io.temporal.client.schedules.ScheduleDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What has to happen so that Temporal has exactly the schedules of the runbooks. */
final class SchedulePlan {
    private final Map<String, ScheduleDefinition> wanted = new TreeMap<>();
    private final List<ScheduleChange> changes = new ArrayList<>();

    private SchedulePlan() {}

    /** Looks at Temporal and changes nothing. Schedules of services that are not asked about are left alone. */
    static SchedulePlan of(ScheduleSource source, Schedules schedules) {
        SchedulePlan plan = new SchedulePlan();
        source.definitions().forEach(definition -> plan.wanted.put(definition.id(), definition));
        plan.wanted
                .values()
                .forEach(definition -> plan.changes.add(change(definition, schedules.find(definition.id()))));
        schedules.own().forEach((id, service) -> {
            if (source.services().contains(service)
                    && !plan.wanted.containsKey(id)
                    && schedules.find(id).isPresent()) {
                plan.changes.add(new ScheduleChange(id, service, Kind.REMOVE, "", List.of()));
            }
        });
        return plan;
    }

    private static ScheduleChange change(ScheduleDefinition wanted, Optional<ScheduleDescription> seen) {
        List<Difference> differences = seen.filter(Schedules::isOwn)
                .map(found -> ScheduleDifferences.between(found.getSchedule(), wanted))
                .orElse(List.of());
        Kind kind;
        if (seen.isEmpty()) {
            kind = Kind.CREATE;
        } else if (!Schedules.isOwn(seen.get())) {
            kind = Kind.CONFLICT;
        } else {
            kind = differences.isEmpty() ? Kind.UNCHANGED : Kind.UPDATE;
        }
        return new ScheduleChange(wanted.id(), wanted.service(), kind, wanted.times(), differences);
    }

    List<ScheduleChange> changes() {
        return List.copyOf(changes);
    }

    List<ScheduleChange> of(Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).toList();
    }

    boolean changesNothing() {
        return of(Kind.UNCHANGED).size() == changes.size();
    }

    /** Does it; what was done when one of them fails stays done and is unchanged the next time. */
    void carryOut(Schedules schedules) {
        for (ScheduleChange change : changes) {
            switch (change.kind()) {
                case CREATE -> schedules.create(definition(change));
                case UPDATE -> schedules.update(definition(change));
                case REMOVE -> schedules.delete(change.id());
                case CONFLICT, UNCHANGED -> {}
            }
        }
    }

    private ScheduleDefinition definition(ScheduleChange change) {
        return Optional.ofNullable(wanted.get(change.id())).orElseThrow();
    }
}
