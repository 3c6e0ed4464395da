package io.lifeboat.lab.fault;

/**
 * A fault that an activity met.
 *
 * @param activityId unique in its run
 */
record Strike(String runId, String activityId, String type, Moment moment) {
    /** When it did. */
    enum Moment {
        /** Killed while its code ran. */
        INSIDE,
        /** Killed when its effect was there and its result not reported. */
        UNREPORTED,
        /** Executed twice. */
        TWICE
    }

    static Strike parse(String line) {
        String[] fields = line.split(" ", -1);
        return new Strike(fields[0], fields[1], fields[2], Moment.valueOf(fields[3]));
    }

    String line() {
        return String.join(" ", runId, activityId, type, moment.name()) + "\n";
    }
}
