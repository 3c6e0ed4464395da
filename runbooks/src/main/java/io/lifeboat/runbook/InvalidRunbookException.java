package io.lifeboat.runbook;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown when a runbook cannot be used; it holds everything that is wrong with it, not only the first thing. */
public final class InvalidRunbookException extends RuntimeException {
    private static final long serialVersionUID = 1;

    // Not part of a serialized exception: the message already lists every problem.
    private final transient List<Problem> problems;

    public InvalidRunbookException(List<Problem> problems) {
        super(text(problems));
        this.problems = List.copyOf(problems);
    }

    /** At least one problem, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }

    private static String text(List<Problem> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return "the runbook has " + count + ":"
                + problems.stream().map(problem -> "\n- " + problem).collect(Collectors.joining());
    }
}
