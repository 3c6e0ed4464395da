package io.lifeboat.lab.process;

/** The few fields of {@code /proc/PID/stat} the lab needs; see proc_pid_stat(5). */
record ProcessStat(long pid, String command, char state, int terminal) {

    static ProcessStat parse(String line) {
        // The command may hold spaces and parentheses itself; the last one closes it.
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        String[] rest = line.substring(close + 2).split(" ");
        return new ProcessStat(
                Long.parseLong(line.substring(0, open).strip()),
                line.substring(open + 1, close),
                rest[0].charAt(0),
                Integer.parseInt(rest[4]));
    }

    boolean hasTerminal() {
        return terminal != 0;
    }

    boolean isDead() {
        return state == 'Z' || state == 'X';
    }
}
