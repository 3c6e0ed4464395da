package io.lifeboat.lab.fault;

/** What a worker under test does to what it is given. */
enum Fault {
    NONE,
    /** The worker is killed in the middle of each activity, and again when it has done its work and not yet reported. */
    KILL,
    /** Each activity is executed twice in one attempt; now the first, now the second result is reported. */
    TWICE,
    /** Nothing, but to workflows it is the next night. */
    NEXT_NIGHT
}
