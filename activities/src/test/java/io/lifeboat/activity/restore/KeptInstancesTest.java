package io.lifeboat.activity.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.activity.database.postgresql.PostgresSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of instances that failed, without a server in them. */
class KeptInstancesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");

    @TempDir
    private Path root;

    @Test
    void aFailedInstanceIsKeptForADayWithItsOwner() throws IOException {
        Path failed = instance("orders-1");

        Instant until = at(NOW).keep(failed, "orders", "pitr/orders/1");
        at(NOW.plus(Duration.ofHours(23))).sweep();

        assertThat(until).isEqualTo("2026-11-22T04:00:00Z");
        assertThat(failed.resolve("data/PG_VERSION")).exists();
        assertThat(failed.resolve("kept-until"))
                .content()
                .startsWith("2026-11-22T04:00:00Z\n")
                .contains("pitr/orders/1");
        at(NOW.plus(Duration.ofHours(25))).sweep();
        assertThat(failed).doesNotExist();
    }

    @Test
    void onlyTheNewestOfAServiceIsKept() throws IOException {
        Path first = instance("orders-1");
        Path second = instance("orders-2");
        Path other = instance("orders-eu-1");
        at(NOW).keep(first, "orders", "pitr/orders/1");
        at(NOW).keep(other, "orders-eu", "pitr/orders-eu/1");

        at(NOW.plusSeconds(60)).keep(second, "orders", "pitr/orders/2");

        assertThat(first).doesNotExist();
        assertThat(second).exists();
        assertThat(other).exists();
    }

    @Test
    void whatNobodyKeptIsNotTouched() throws IOException {
        Path underWay = instance("orders-3");

        at(NOW.plus(Duration.ofDays(400))).sweep();

        assertThat(underWay.resolve("data/PG_VERSION")).exists();
    }

    @Test
    void aNoteThatWasCutOffKeepsNothingForever() throws IOException {
        Path failed = instance("orders-1");
        at(NOW).keep(failed, "orders", "pitr/orders/1");
        Files.writeString(failed.resolve("kept-until"), "2026-11-2");

        at(NOW).sweep();

        assertThat(failed).doesNotExist();
    }

    private KeptInstances at(Instant now) {
        Optional<String> user =
                System.getProperty("user.name").equals("root") ? Optional.of("nobody") : Optional.empty();
        return new KeptInstances(new PostgresSandbox(Optional.empty(), user), root, Clock.fixed(now, ZoneOffset.UTC));
    }

    private Path instance(String name) throws IOException {
        Path folder = Files.createDirectory(root.resolve(name));
        Files.writeString(folder.resolve("lifeboat-sandbox"), "A throw-away copy of a database.\n");
        Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("data/PG_VERSION"), "18\n");
        return folder;
    }
}
