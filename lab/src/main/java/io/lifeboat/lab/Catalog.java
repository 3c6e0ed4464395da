package io.lifeboat.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The runbook the lab is built for; the lab gets a copy that people may change while it runs. */
final class Catalog {

    private static final String ORDERS = "orders.yaml";

    private Catalog() {}

    static void copyTo(Path runbooks) {
        try (InputStream orders = Catalog.class.getResourceAsStream("catalog/" + ORDERS)) {
            if (orders == null) {
                throw new IllegalStateException("the catalog's " + ORDERS + " is not on the class path");
            }
            Files.copy(orders, runbooks.resolve(ORDERS));
        } catch (IOException e) {
            throw LabException.failed("Cannot copy the runbook to " + runbooks + ": " + e.getMessage(), e);
        }
    }
}
