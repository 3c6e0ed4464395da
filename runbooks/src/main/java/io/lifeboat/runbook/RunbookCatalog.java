package io.lifeboat.runbook;

import io.lifeboat.runbook.RunbookReader.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The runbooks of a folder, by service. A broken file never keeps another service's runbook from being found: it shows in
 * {@link #problems} and when its own service is asked for.
 */
public final class RunbookCatalog {
    private final Path location;
    private final List<Path> files;
    private final Map<String, RunbookDocument> byService = new TreeMap<>();
    private final Map<String, List<Problem>> brokenServices = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private RunbookCatalog(Path location, List<Path> files) {
        this.location = location;
        this.files = List.copyOf(files);
    }

    /**
     * Reads every {@code .yaml} and {@code .yml} file directly in a folder, or one file. An {@link InvalidRunbookException}
     * is thrown only when there is nothing to read.
     */
    public static RunbookCatalog read(Path location) {
        RunbookCatalog catalog = new RunbookCatalog(location, filesIn(location));
        RunbookReader reader = new RunbookReader();
        Map<String, List<Attempt>> attempts = new LinkedHashMap<>();
        for (Path file : catalog.files) {
            Attempt attempt = reader.attempt(file);
            catalog.problems.addAll(attempt.problems());
            attempt.service()
                    .ifPresent(service -> attempts.computeIfAbsent(service, s -> new ArrayList<>())
                            .add(attempt));
        }
        attempts.forEach(catalog::add);
        return catalog;
    }

    /** Every file that was read, also the broken ones. */
    public List<Path> files() {
        return files;
    }

    /** Everything that is wrong in any file. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** The services that have a usable runbook, in alphabetical order. */
    public Set<String> services() {
        return byService.keySet();
    }

    /** The usable runbooks with the places of their keys. */
    public List<RunbookDocument> documents() {
        return List.copyOf(byService.values());
    }

    /**
     * The runbook of a service. An {@link UnknownServiceException} says that there is none, an
     * {@link InvalidRunbookException} what is wrong with the one there is.
     */
    public RunbookFile get(String service) {
        RunbookDocument document = byService.get(service);
        if (document != null) {
            return document.file();
        }
        List<Problem> broken = brokenServices.get(service);
        if (broken != null) {
            throw new InvalidRunbookException(broken);
        }
        throw new UnknownServiceException(unknown(service));
    }

    private void add(String service, List<Attempt> attempts) {
        if (attempts.size() == 1 && attempts.getFirst().document().isPresent()) {
            byService.put(service, attempts.getFirst().document().get());
            return;
        }
        List<Problem> broken = new ArrayList<>();
        attempts.forEach(attempt -> broken.addAll(attempt.problems()));
        List<RunbookDocument> same =
                attempts.stream().flatMap(a -> a.document().stream()).toList();
        if (attempts.size() > 1) {
            List<Problem> twice = same.stream()
                    .skip(1)
                    .map(d -> twice(service, d, same.getFirst()))
                    .toList();
            broken.addAll(twice);
            problems.addAll(twice);
        }
        brokenServices.put(service, broken);
    }

    private static Problem twice(String service, RunbookDocument document, RunbookDocument first) {
        return Problem.at(
                document.file().path().toString(),
                document.positions().of("service"),
                "the service " + Quoted.text(service) + " already has a runbook, "
                        + first.file().path(),
                "Keep one runbook a service.");
    }

    private String unknown(String service) {
        Set<String> known = new TreeSet<>(byService.keySet());
        known.addAll(brokenServices.keySet());
        String start = "There is no runbook for the service " + Quoted.text(service) + " in " + location + ". ";
        String end = problems.isEmpty() ? "" : " Some files there could not be used; run lint on " + location + ".";
        return start
                + NearestWord.of(service, known)
                        .map(nearest -> "Did you mean \"" + nearest + "\"? ")
                        .orElse("")
                + (known.isEmpty() ? "It has none." : "It knows " + Quoted.all(known) + ".")
                + end;
    }

    private static List<Path> filesIn(Path location) {
        if (!Files.exists(location)) {
            throw invalid(location, "there is no such file or folder", "Name a runbook or the folder of a catalog.");
        }
        if (!Files.isDirectory(location)) {
            return List.of(location);
        }
        try (Stream<Path> entries = Files.list(location)) {
            List<Path> found =
                    entries.filter(RunbookCatalog::isRunbook).sorted().toList();
            if (found.isEmpty()) {
                throw invalid(location, "there is no .yaml file in this folder", "Name the folder of the catalog.");
            }
            return found;
        } catch (IOException e) {
            throw invalid(
                    location, "cannot list this folder: " + e.getClass().getSimpleName(), "Check its permissions.");
        }
    }

    private static boolean isRunbook(Path file) {
        String name =
                Optional.ofNullable(file.getFileName()).map(Path::toString).orElse("");
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".") && Files.isRegularFile(file);
    }

    private static InvalidRunbookException invalid(Path location, String message, String hint) {
        return new InvalidRunbookException(List.of(Problem.ofFile(location.toString(), message, hint)));
    }
}
