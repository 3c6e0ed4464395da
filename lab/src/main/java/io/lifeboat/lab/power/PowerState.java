package io.lifeboat.lab.power;

/**
 * What an agent says of its region.
 *
 * @param power {@code "off"} when the fence is set and nothing runs there, else {@code "on"}
 * @param processes how many run there
 */
record PowerState(String region, String power, int processes) {

    static PowerState of(String region, boolean fenced, int processes) {
        return new PowerState(region, fenced && processes == 0 ? "off" : "on", processes);
    }
}
