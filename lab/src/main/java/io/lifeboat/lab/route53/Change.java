package io.lifeboat.lab.route53;

/** One entry of a change batch. */
record Change(Action action, RecordSet recordSet) {
    enum Action {
        CREATE,
        DELETE,
        UPSERT
    }
}
