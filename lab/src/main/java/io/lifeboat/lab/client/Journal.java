package io.lifeboat.lab.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifeboat.lab.http.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Every acknowledged order, in memory to be asked after, and in an append-only file, a JSON line each, handed to the
 * operating system before the next order is placed. Safe for several threads.
 */
final class Journal implements AutoCloseable {

    private final List<Acknowledged> orders = new ArrayList<>();
    private final Path file;
    private final BufferedWriter writer;

    Journal(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.getParent());
            writer = Files.newBufferedWriter(file, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the client's journal \"" + file + "\": " + e.getMessage(), e);
        }
    }

    synchronized void add(Acknowledged order) {
        orders.add(order);
        try {
            writer.write(Json.write(order) + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot append to the client's journal \"" + file + "\": " + e.getMessage(), e);
        }
    }

    /** All orders so far, in the order in which they were acknowledged. */
    synchronized List<Acknowledged> orders() {
        return List.copyOf(orders);
    }

    synchronized int size() {
        return orders.size();
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the client's journal \"" + file + "\": " + e.getMessage(), e);
        }
    }
}
