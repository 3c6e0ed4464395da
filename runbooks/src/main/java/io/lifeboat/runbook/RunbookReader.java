package io.lifeboat.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads a runbook: YAML text to a tree, all checks on the tree, and only then records. A runbook that is not right in every
 * point gives an {@link InvalidRunbookException} with every problem at once. A reader can be shared by threads.
 */
public final class RunbookReader {
    private static final int MAX_BYTES = 1 << 20;

    private final RunbookBinder binder = new RunbookBinder();

    /** Reads one file. */
    public RunbookDocument read(Path file) {
        return parse(file, content(file));
    }

    /**
     * Reads what a file holds.
     *
     * @param file how to call it in problems
     */
    public RunbookDocument parse(Path file, byte[] content) {
        return attempt(file, content).orThrow();
    }

    /**
     * What became of a file.
     *
     * @param service the service it says it is about, as far as that can be seen
     * @param document present exactly when there are no problems
     */
    record Attempt(Optional<String> service, List<Problem> problems, Optional<RunbookDocument> document) {
        RunbookDocument orThrow() {
            return document.orElseThrow(() -> new InvalidRunbookException(problems));
        }
    }

    Attempt attempt(Path file) {
        try {
            return attempt(file, content(file));
        } catch (InvalidRunbookException e) {
            return new Attempt(Optional.empty(), e.problems(), Optional.empty());
        }
    }

    private Attempt attempt(Path file, byte[] content) {
        List<Problem> problems = new ArrayList<>();
        Optional<YamlNode> root = YamlParser.parse(file.toString(), text(file, content), problems);
        Optional<JsonNode> tree = root.flatMap(node -> TreeCheck.check(file.toString(), node, problems));
        Optional<RunbookDocument> document = tree.map(valid -> new RunbookDocument(
                new RunbookFile(file, sha256(content), binder.bind(valid)), new Positions(root.orElseThrow())));
        problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        return new Attempt(
                root.flatMap(r -> r.child("service")).flatMap(YamlNode::text), List.copyOf(problems), document);
    }

    private static byte[] content(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw unreadable(file, "cannot read it: it is a folder", "Name a file in it.");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw unreadable(file, "cannot read it: it is larger than 1 MiB", "A runbook has a few kilobytes.");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "cannot read it: there is no such file", "Check the path.");
        } catch (AccessDeniedException e) {
            throw unreadable(file, "cannot read it: its permissions do not allow that", "Change them.");
        } catch (IOException e) {
            throw unreadable(file, "cannot read it: " + e.getClass().getSimpleName(), "Check its disk.");
        }
    }

    private static String text(Path file, byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw unreadable(file, "it is not UTF-8 text", "Save it as UTF-8.");
        }
    }

    private static InvalidRunbookException unreadable(Path file, String message, String hint) {
        return new InvalidRunbookException(List.of(Problem.ofFile(file.toString(), message, hint)));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
