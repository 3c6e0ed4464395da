package io.lifeboat.starter;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.util.function.IntSupplier;

/**
 * Where a command reads and writes.
 *
 * @param out data
 * @param err progress and problems
 * @param canAsk a person sits at the keyboard
 * @param liveErr progress may be redrawn in place
 * @param colourOut data may be coloured
 * @param columns width of the terminal, asked for again at every use because people resize windows
 */
record Console(
        PrintWriter out,
        PrintWriter err,
        BufferedReader in,
        boolean canAsk,
        boolean liveErr,
        boolean colourOut,
        boolean colourErr,
        IntSupplier columns) {
    int width() {
        return columns.getAsInt();
    }

    /** One line of progress. */
    void say(String line) {
        err.println(line);
        err.flush();
    }
}
