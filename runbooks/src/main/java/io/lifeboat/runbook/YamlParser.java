package io.lifeboat.runbook;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Turns YAML text into a tree with places. It reads the parser's events, not its objects: YAML's own ideas of types
 * ({@code on} is a boolean, {@code 1_000} a number) never apply. Aliases, tags and further documents are problems: a
 * runbook is read by a person during an outage, and there it says everything where it stands.
 */
final class YamlParser {
    private static final int MAX_DEPTH = 32;

    private final String file;
    private final List<Problem> problems;
    private final Iterator<Event> events;

    /** The last quoted text that goes over several lines: mostly its quote was never closed. */
    private @Nullable ScalarEvent longQuote;

    private YamlParser(String file, Iterator<Event> events, List<Problem> problems) {
        this.file = file;
        this.events = events;
        this.problems = problems;
    }

    /**
     * Parses a text.
     *
     * @param problems gets what is wrong
     * @return the tree, or nothing when the text is no YAML mapping; then there is at least one problem
     */
    static Optional<YamlNode> parse(String file, String text, List<Problem> problems) {
        Iterator<Event> events =
                new Yaml(new LoaderOptions()).parse(new StringReader(text)).iterator();
        YamlParser parser = new YamlParser(file, events, problems);
        try {
            return parser.document();
        } catch (Stop stop) {
            problems.add(Problem.at(file, stop.position, stop.message, stop.hint));
        } catch (MarkedYAMLException e) {
            problems.add(parser.syntaxProblem(e));
        } catch (ReaderException e) {
            problems.add(Problem.at(
                    file,
                    position(text, e.getPosition()),
                    "the file holds a character that YAML does not allow (U+%04X)".formatted(e.getCodePoint()),
                    "Remove it."));
        } catch (YAMLException e) {
            problems.add(Problem.ofFile(file, "this is not valid YAML", "Check it with an editor that knows YAML."));
        }
        return Optional.empty();
    }

    private Optional<YamlNode> document() {
        Event event = events.next();
        while (!(event instanceof DocumentStartEvent)) {
            if (event instanceof StreamEndEvent) {
                throw new Stop(Position.START, "the file is empty", "Start from the catalog's orders.yaml.");
            }
            event = events.next();
        }
        YamlNode root = node(events.next(), 0);
        if (!(root instanceof YamlNode.Mapping)) {
            throw new Stop(
                    root.position(),
                    "a runbook is a mapping of keys to values, but this is a " + word(root),
                    "Start from the catalog's orders.yaml.");
        }
        events.next(); // the document's end
        Event next = events.next();
        if (next instanceof DocumentStartEvent) {
            throw new Stop(position(next), "a second document starts here", "Give each runbook a file of its own.");
        }
        return Optional.of(root);
    }

    private YamlNode node(Event event, int depth) {
        if (event instanceof AliasEvent) {
            throw new Stop(
                    position(event), "an alias (*) stands here", "Write the value out: it is read in an outage.");
        }
        if (event instanceof NodeEvent named && named.getAnchor() != null) {
            throw new Stop(
                    position(event), "an anchor (&) stands here", "Remove it: aliases are not used in runbooks.");
        }
        if (tag(event) != null) {
            throw new Stop(position(event), "a tag (!) stands here", "Remove it, or put the text into quotes.");
        }
        if (depth > MAX_DEPTH) {
            throw new Stop(
                    position(event), "the file is nested more than " + MAX_DEPTH + " levels deep", "Flatten it.");
        }
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent start -> sequence(start, depth);
            case MappingStartEvent start -> mapping(start, depth);
            default -> throw new IllegalStateException("unexpected YAML event " + event.getEventId());
        };
    }

    private YamlNode scalar(ScalarEvent event) {
        boolean quoted = event.isSQuoted() || event.isDQuoted();
        if (quoted && event.getStartMark().getLine() < event.getEndMark().getLine()) {
            longQuote = event;
        }
        return new YamlNode.Scalar(position(event), event.getValue(), event.isPlain());
    }

    private YamlNode sequence(SequenceStartEvent start, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new YamlNode.Sequence(position(start), List.copyOf(items));
    }

    private YamlNode mapping(MappingStartEvent start, int depth) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            Position place = position(event);
            if (!(node(event, depth + 1) instanceof YamlNode.Scalar key)) {
                throw new Stop(place, "a key must be a word, but a list or mapping stands here", "Put it into quotes.");
            }
            YamlNode value = node(events.next(), depth + 1);
            Optional<YamlNode.Entry> first =
                    entries.stream().filter(e -> e.key().equals(key.source())).findFirst();
            if (first.isPresent()) {
                problems.add(Problem.at(
                        file,
                        place,
                        Quoted.text(key.source()) + " is written twice, first in line "
                                + first.get().position().line(),
                        "Remove one of them."));
            } else {
                entries.add(new YamlNode.Entry(key.source(), place, value));
            }
        }
        return new YamlNode.Mapping(position(start), List.copyOf(entries));
    }

    private static @Nullable String tag(Event event) {
        return switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> null;
        };
    }

    private static String word(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping m -> "mapping";
            case YamlNode.Sequence s -> "list";
            case YamlNode.Scalar s -> "single value";
        };
    }

    /** The parser's own message would show a piece of the file, and with it perhaps a secret. */
    private Problem syntaxProblem(MarkedYAMLException e) {
        Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        if (mark != null
                && longQuote != null
                && mark.getLine() == longQuote.getEndMark().getLine()) {
            return Problem.at(
                    file,
                    position(longQuote),
                    "this is not valid YAML: the quote that opens here closes only in line " + (mark.getLine() + 1),
                    "Close it where the text ends.");
        }
        String problem = e.getProblem() == null ? "" : e.getProblem().replaceAll("\\s+", " ");
        String hint = problem.contains("\\t") || problem.contains("TAB")
                ? "Indent with spaces; YAML allows no tabs there."
                : "Look here and in the lines above for a missing quote, colon, bracket or indentation.";
        return Problem.at(
                file,
                mark == null ? Position.START : new Position(mark.getLine() + 1, mark.getColumn() + 1),
                "this is not valid YAML" + SyntaxWords.of(problem),
                hint);
    }

    private static Position position(Event event) {
        return new Position(
                event.getStartMark().getLine() + 1, event.getStartMark().getColumn() + 1);
    }

    private static Position position(String text, int offset) {
        String before = text.substring(0, Math.min(offset, text.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Position(line, before.length() - before.lastIndexOf('\n'));
    }

    /** Ends the reading of a file that no tree can be made of. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Position position;
        private final String message;
        private final String hint;

        Stop(Position position, String message, String hint) {
            super(message);
            this.position = position;
            this.message = message;
            this.hint = hint;
        }
    }
}
