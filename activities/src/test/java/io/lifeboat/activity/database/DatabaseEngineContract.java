package io.lifeboat.activity.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.database.DatabaseException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every engine does with one primary, whatever database it speaks to. */
public abstract class DatabaseEngineContract {
    protected static final Duration BOUND = Duration.ofSeconds(20);
    /** What is bounded to less than a second, on a busy machine; without the bound it would take for ever. */
    private static final Duration SOON = Duration.ofSeconds(20);

    protected abstract DatabaseEngine engine();

    /** A running primary with the service's database. */
    protected abstract DatabaseInstance primary();

    /** The same with another password. */
    protected abstract DatabaseInstance withPassword(String password);

    /** The same server at another port of the loopback address. */
    protected abstract DatabaseInstance atPort(int port);

    @Test
    void seesAPrimary() {
        assertThat(engine().look(primary(), BOUND)).isInstanceOfSatisfying(DatabaseLook.Primary.class, look -> {
            assertThat(look.accepting()).isTrue();
            assertThat(look.timeline()).isPositive();
            assertThat(look.written()).isGreaterThan(new Lsn(0));
        });
    }

    @Test
    void saysThatNothingListens() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThat(engine().look(atPort(port), BOUND))
                .isInstanceOfSatisfying(
                        DatabaseLook.Unreachable.class,
                        look -> assertThat(look.detail()).contains("connection refused"));
    }

    @Test
    void givesUpInTimeOnAServerThatAcceptsAndStaysSilent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();

            DatabaseLook look = engine().look(atPort(silent.getLocalPort()), Duration.ofMillis(300));

            assertThat(look)
                    .isInstanceOfSatisfying(
                            DatabaseLook.Unreachable.class,
                            unreachable -> assertThat(unreachable.detail()).contains("no answer in time"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(290), SOON);
        }
    }

    @Test
    void refusesAWrongPasswordWithoutRepeatingIt() {
        assertThat(engine().look(withPassword("c4nary-wrong"), BOUND))
                .isInstanceOfSatisfying(
                        DatabaseLook.Unreachable.class,
                        look -> assertThat(look.detail())
                                .contains("does not accept the role or its password")
                                .doesNotContain("c4nary"));
    }

    @Test
    void refusesAUriItCannotReadWithoutRepeatingIt() {
        DatabaseInstance unreadable = new DatabaseInstance("orders-db", "east", "mysql://app:c4nary@db/orders");

        assertThat(engine().look(unreadable, BOUND))
                .isInstanceOfSatisfying(
                        DatabaseLook.Unreachable.class,
                        look -> assertThat(look.detail())
                                .contains("connection URI cannot be used")
                                .doesNotContain("c4nary"));
        assertThat(unreadable.toString()).doesNotContain("c4nary");
    }

    @Test
    void answersAQueryWithText() {
        assertThat(engine().scalar(primary(), "SELECT pg_is_in_recovery()", BOUND))
                .contains("f");
        assertThat(engine().scalar(primary(), "SELECT 40 + 2", BOUND)).contains("42");
        assertThat(engine().scalar(primary(), "SELECT NULL", BOUND)).isEmpty();
        assertThat(engine().scalar(primary(), "SELECT 1 WHERE false", BOUND)).isEmpty();
    }

    @Test
    void changesNothingByAQuery() {
        assertThatThrownBy(() -> engine().scalar(primary(), "CREATE TABLE by_a_query ()", BOUND))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(Kind.READ_ONLY));
    }

    @Test
    void endsAQueryThatTakesTooLong() {
        assertThatThrownBy(() -> engine().scalar(primary(), "SELECT pg_sleep(60)", Duration.ofSeconds(1)))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
    }

    @Test
    void keepsMarkersOfEachPulseApartAndPrunesOldOnes() {
        try (MarkerSession session = engine().openMarkers(primary(), BOUND)) {
            session.write(new Marker("a", 1, 1000));
            session.write(new Marker("a", 2, 2000));
            session.write(new Marker("b", 9, 1000));

            session.prune("a", 2000);

            assertThat(session.highest("a")).isEqualTo(2);
            assertThat(session.highest("nobody")).isZero();
        }
        assertThat(engine().markers(primary(), "a", 1, BOUND)).isEqualTo(List.of(new Marker("a", 2, 2000)));
        assertThat(engine().markers(primary(), "b", 1, BOUND)).isEqualTo(List.of(new Marker("b", 9, 1000)));
        assertThat(engine().markers(primary(), "b", 10, BOUND)).isEmpty();
    }

    @Test
    void acceptsNoClaimOfAnOlderEpoch() {
        EpochRow third = new EpochRow("billing", 3, "run-3", "west", Optional.of("{}"));

        assertThat(engine().claim(primary(), third, BOUND)).isTrue();
        assertThat(engine().claim(primary(), third, BOUND)).isTrue();
        assertThat(engine().claim(primary(), new EpochRow("billing", 2, "run-2", "west", Optional.empty()), BOUND))
                .isFalse();

        assertThat(engine().epoch(primary(), "billing", BOUND)).contains(third);
        assertThat(engine().epoch(primary(), "unheard-of", BOUND)).isEmpty();
    }

    @Test
    void fencesProvesAndLifts() {
        FenceProof proof = engine().fence(primary(), () -> {}, BOUND);

        assertThat(proof.proven()).as(proof.observation()).isTrue();
        assertThat(engine().look(primary(), BOUND))
                .isInstanceOfSatisfying(
                        DatabaseLook.Primary.class,
                        look -> assertThat(look.accepting()).isFalse());
        assertThatThrownBy(() -> engine().scalar(primary(), "SELECT 1", BOUND))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_ACCEPTING));
        assertThat(engine().lift(primary(), () -> {}, BOUND)).contains("accepts connections again");
        assertThat(engine().scalar(primary(), "SELECT 1", BOUND)).contains("1");
    }

    @Test
    void doesNotPromoteWhatIsNoStandby() {
        assertThatThrownBy(() -> engine().promote(
                                primary(),
                                () -> {
                                    throw new AssertionError("reached the effect");
                                },
                                BOUND))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BUSY));
    }
}
