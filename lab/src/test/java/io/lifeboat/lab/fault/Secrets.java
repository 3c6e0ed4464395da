package io.lifeboat.lab.fault;

import io.lifeboat.lab.Lab;
import io.lifeboat.lab.LabState.Credentials;
import io.lifeboat.lab.LabState.KeyHolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The lab's own secrets, made anew for each lab and therefore found nowhere else: where they turn up, Lifeboat has put them. */
record Secrets(Map<String, String> values) {
    static Secrets of(Lab lab) {
        Credentials credentials = lab.state().credentials();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("the database's password", credentials.databasePassword());
        values.put("the object store's key", credentials.secretKey());
        values.put("the signing key", credentials.backups().signing());
        for (KeyHolder holder : credentials.backups().holders()) {
            values.put("the identity of " + holder.name(), holder.identity());
        }
        Map<String, String> encoded = new LinkedHashMap<>(values);
        values.forEach((name, value) -> encoded.put(
                name + ", encoded",
                Base64.getEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return new Secrets(encoded);
    }

    /** "the signing key in worker.log", for each. */
    List<String> foundIn(List<Searchable> places) {
        return places.stream()
                .flatMap(place -> values.entrySet().stream()
                        .filter(secret -> place.contains(secret.getValue()))
                        .map(secret -> secret.getKey() + " in " + place.name()))
                .toList();
    }

    /** Every file below a folder. */
    static List<Searchable> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(Secrets::file).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Searchable file(Path file) {
        try {
            return Searchable.of(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
