package io.lifeboat.runbook;

/** A text that is no cron expression. */
final class CronSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String fault;
    private final String hint;

    /**
     * @param fault what is wrong, as the end of a sentence
     * @param hint what to do, as a sentence
     */
    CronSyntaxException(String fault, String hint) {
        super(fault + ". " + hint);
        this.fault = fault;
        this.hint = hint;
    }

    String fault() {
        return fault;
    }

    String hint() {
        return hint;
    }
}
