package io.lifeboat.workflow.report;

/** Text of unknown origin, made fit for one line of output. */
final class PlainText {
    private PlainText() {}

    /** One line: line breaks and tabs become spaces, every other control character goes, so that no value can steer a terminal. */
    static String line(String value) {
        StringBuilder line = new StringBuilder(value.length());
        value.codePoints().forEach(c -> {
            if (c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029) {
                line.append(' ');
            } else if (!steers(c)) {
                line.appendCodePoint(c);
            }
        });
        return line.toString().strip();
    }

    /** Control characters, lone surrogates, and the marks that reverse the direction of text. */
    private static boolean steers(int c) {
        return Character.isISOControl(c)
                || (c >= 0xD800 && c <= 0xDFFF)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }
}
