package io.lifeboat.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunbookCatalogTest {

    @TempDir
    private Path folder;

    @Test
    void findsARunbookByItsService() throws IOException {
        Path file = write("orders.yaml", Runbooks.orders());
        write("billing.yaml", Runbooks.ordersWith("service: orders", "service: billing"));

        RunbookCatalog catalog = RunbookCatalog.read(folder);

        assertThat(catalog.services()).containsExactly("billing", "orders");
        assertThat(catalog.get("orders"))
                .isEqualTo(new RunbookReader().read(file).file());
        assertThat(RunbookCatalog.read(file).get("orders").path()).isEqualTo(file);
    }

    @Test
    void namesTheKnownServicesAndTheNearest() throws IOException {
        write("orders.yaml", Runbooks.orders());
        write("billing.yaml", Runbooks.ordersWith("service: orders", "service: billing"));
        RunbookCatalog catalog = RunbookCatalog.read(folder);

        assertThatThrownBy(() -> catalog.get("order"))
                .isInstanceOf(UnknownServiceException.class)
                .hasMessage("There is no runbook for the service \"order\" in " + folder
                        + ". Did you mean \"orders\"? It knows \"billing\", \"orders\".");
    }

    @Test
    void findsAServiceAlthoughAnotherFileIsBroken() throws IOException {
        write("orders.yaml", Runbooks.orders());
        Path broken = write(
                "billing.yaml",
                Runbooks.replace(Runbooks.ordersWith("rto: 15m", "rto: 15"), "service: orders", "service: billing"));

        RunbookCatalog catalog = RunbookCatalog.read(folder);

        assertThat(catalog.get("orders").runbook().service()).isEqualTo("orders");
        assertThat(catalog.problems()).extracting(Problem::file).containsExactly(broken.toString());
        assertThatThrownBy(() -> catalog.get("billing"))
                .isInstanceOf(InvalidRunbookException.class)
                .hasMessageContaining("\"objectives.rto\" is 15 without a unit");
        assertThatThrownBy(() -> catalog.get("fulfilment"))
                .isInstanceOf(UnknownServiceException.class)
                .hasMessageEndingWith(
                        "It knows \"billing\", \"orders\". Some files there could not be used; run lint on " + folder
                                + ".");
    }

    @Test
    void usesNeitherOfTwoRunbooksOfOneService() throws IOException {
        Path first = write("a.yaml", Runbooks.orders());
        Path second = write("b.yaml", Runbooks.orders());

        RunbookCatalog catalog = RunbookCatalog.read(folder);

        Problem twice = new Problem(
                second.toString(),
                3,
                1,
                "the service \"orders\" already has a runbook, " + first,
                "Keep one runbook a service.");
        assertThat(catalog.problems()).containsExactly(twice);
        assertThatThrownBy(() -> catalog.get("orders"))
                .isInstanceOfSatisfying(
                        InvalidRunbookException.class,
                        e -> assertThat(e.problems()).containsExactly(twice));
    }

    @Test
    void saysWhyThereIsNothingToRead() {
        assertThatThrownBy(() -> RunbookCatalog.read(folder))
                .isInstanceOf(InvalidRunbookException.class)
                .hasMessageContaining(folder + ": there is no .yaml file in this folder.");
        assertThatThrownBy(() -> RunbookCatalog.read(folder.resolve("none")))
                .isInstanceOf(InvalidRunbookException.class)
                .hasMessageContaining("none: there is no such file or folder.");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
