package io.lifeboat.lab.route53;

import java.util.List;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Record sets and changes as the AWS SDK has them. */
final class RecordSets {
    private RecordSets() {}

    static ResourceRecordSet simple(String name, RRType type, String... values) {
        return ResourceRecordSet.builder()
                .name(name)
                .type(type)
                .ttl(60L)
                .resourceRecords(List.of(values).stream()
                        .map(value -> ResourceRecord.builder().value(value).build())
                        .toList())
                .build();
    }

    static ResourceRecordSet weighted(String name, String setIdentifier, long weight, String address) {
        return simple(name, RRType.A, address)
                .copy(set -> set.setIdentifier(setIdentifier).weight(weight).ttl(1L));
    }

    static Change creation(ResourceRecordSet set) {
        return change(ChangeAction.CREATE, set);
    }

    static Change upsert(ResourceRecordSet set) {
        return change(ChangeAction.UPSERT, set);
    }

    static Change deletion(ResourceRecordSet set) {
        return change(ChangeAction.DELETE, set);
    }

    private static Change change(ChangeAction action, ResourceRecordSet set) {
        return Change.builder().action(action).resourceRecordSet(set).build();
    }
}
