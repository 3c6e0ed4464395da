package io.lifeboat.activity.database;

/**
 * What came of fencing a database.
 *
 * @param proven whether it was observed, after the effect, that the service's own connection is refused and no session is left
 * @param observation the proof, or why there is none
 * @param sessionsEnded sessions that had to be ended
 * @param preparedTransactions prepared transactions left in the database; none can be committed while no session can be opened
 */
public record FenceProof(boolean proven, String observation, int sessionsEnded, int preparedTransactions) {
    /** No proof, because of what was seen. */
    public static FenceProof missing(String observation) {
        return new FenceProof(false, observation, 0, 0);
    }
}
