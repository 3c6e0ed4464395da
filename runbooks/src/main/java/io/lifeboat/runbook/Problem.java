package io.lifeboat.runbook;

/**
 * One thing that is wrong in a runbook file.
 *
 * @param file the file as the reader was given it
 * @param line starting at 1; 0 when the file itself could not be read
 * @param column starting at 1; 0 when the file itself could not be read
 * @param message what is wrong, without a full stop; never a secret value
 * @param hint what to do, as sentences; empty where the message says it all
 */
public record Problem(String file, int line, int column, String message, String hint) {

    static Problem at(String file, Position position, String message, String hint) {
        return new Problem(file, position.line(), position.column(), message, hint);
    }

    static Problem ofFile(String file, String message, String hint) {
        return new Problem(file, 0, 0, message, hint);
    }

    /** The form that editors and terminals make a link of: {@code file:line:column: message. hint}. */
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line + ":" + column;
        return place + ": " + message + "." + (hint.isEmpty() ? "" : " " + hint);
    }
}
