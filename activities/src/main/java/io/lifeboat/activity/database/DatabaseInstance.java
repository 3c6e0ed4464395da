package io.lifeboat.activity.database;

/**
 * The instance of a datastore in one region, ready to be connected to.
 *
 * @param connection resolved connection URI; holds a password, so it never leaves this package's vendor classes
 */
public record DatabaseInstance(String datastore, String region, String connection) {

    /** What a message calls it. */
    public String name() {
        return "\"" + datastore + "\" in " + region;
    }

    @Override
    public String toString() {
        return name();
    }
}
