package io.lifeboat.workflow;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a schedule is paused, in the one form that Lifeboat writes into the schedule's note. Whoever resumes schedules by
 * itself reads it first: a run resumes what it paused itself, an apply what the runbook paused, and neither what a person
 * did.
 */
public sealed interface PauseNote {
    /** As it stands in the schedule's note. */
    String text();

    /** The runbook says {@code paused: true}. */
    record ByRunbook() implements PauseNote {
        private static final String TEXT = "Paused by the runbook";

        @Override
        public String text() {
            return TEXT;
        }
    }

    /** A run keeps it from starting anything meanwhile, as a failover does. */
    record ByRun(String workflowId, String reason) implements PauseNote {
        private static final Pattern FORM = Pattern.compile("Paused by run (\\S+): (.*)");

        @Override
        public String text() {
            return "Paused by run " + workflowId + ": " + reason;
        }
    }

    /** Somebody decided it. */
    record ByPerson(String name, String reason) implements PauseNote {
        private static final Pattern FORM = Pattern.compile("Paused by ([^:]+): (.*)");

        @Override
        public String text() {
            return "Paused by " + name.replace(':', ' ') + ": " + reason;
        }
    }

    /** Nothing when the note is in no form of ours: then a person wrote it, in the Temporal UI for example. */
    static Optional<PauseNote> parse(String note) {
        Matcher run = ByRun.FORM.matcher(note);
        Matcher person = ByPerson.FORM.matcher(note);
        if (note.equals(ByRunbook.TEXT)) {
            return Optional.of(new ByRunbook());
        } else if (run.matches()) {
            return Optional.of(new ByRun(run.group(1), run.group(2)));
        } else if (person.matches()) {
            return Optional.of(new ByPerson(person.group(1), person.group(2)));
        }
        return Optional.empty();
    }
}
