package io.lifeboat.activity.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresUriTest {
    @Test
    void readsEveryPart() {
        PostgresUri uri = PostgresUri.parse("postgresql://app:pw@db.example.com:6432/orders?sslmode=verify-full");

        assertThat(uri)
                .isEqualTo(new PostgresUri(
                        "app", "pw", "db.example.com", 6432, "orders", Map.of("sslmode", "verify-full")));
    }

    @Test
    void fillsInWhatLibpqWould() {
        PostgresUri uri = PostgresUri.parse("postgres://app@db");

        assertThat(uri).isEqualTo(new PostgresUri("app", "", "db", 5432, "app", Map.of()));
    }

    @Test
    void decodesPercentSignsAndLeavesPlusSignsAlone() {
        PostgresUri uri = PostgresUri.parse("postgresql://a%40b:p%40s%2Fs%3A+%C3%A9%25@db/my%20orders");

        assertThat(uri.user()).isEqualTo("a@b");
        assertThat(uri.password()).isEqualTo("p@s/s:+é%");
        assertThat(uri.database()).isEqualTo("my orders");
    }

    @Test
    void readsAnIpv6Address() {
        assertThat(PostgresUri.parse("postgresql://app:pw@[2001:db8::1]:5433/orders"))
                .isEqualTo(new PostgresUri("app", "pw", "2001:db8::1", 5433, "orders", Map.of()));
        assertThat(PostgresUri.parse("postgresql://app:pw@[::1]/orders").port()).isEqualTo(5432);
    }

    @Test
    void readsPartsFromParameters() {
        PostgresUri uri = PostgresUri.parse(
                "postgresql:///?user=app&password=p%26w&host=db&port=5433&dbname=orders&connect_timeout=9");

        assertThat(uri).isEqualTo(new PostgresUri("app", "p&w", "db", 5433, "orders", Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mysql://app:c4nary@db/orders | does not begin with postgresql://",
                "jdbc:postgresql://db/orders?password=c4nary | does not begin with postgresql://",
                "postgresql://:c4nary@db/orders | names no user",
                "postgresql://app:c4nary@/orders | names no host",
                "postgresql://app:c4nary@db:x9/orders | port is no number",
                "postgresql://app:c4nary@db:99999/orders | between 1 and 65535",
                "postgresql://app:c4nary@db1:5432,db2:5432/orders | several hosts",
                "postgresql://app:c4nary@%2Fvar%2Frun/orders | Unix socket",
                "postgresql://app:c4nary@[::1/orders | bracket",
                "postgresql://app:c4nary%zz@db/orders | hexadecimal",
                "postgresql://app:c4nary%4@db/orders | hexadecimal",
                "postgresql://app:c4nary%00@db/orders | zero byte",
                "postgresql://app:c4nary%ff@db/orders | UTF-8",
                "postgresql://app:pw@db/orders?c4nary=1 | a parameter other than",
                "postgresql://app:pw@db/orders?c4nary | has no value",
            })
    void saysWhatIsWrongWithoutQuotingIt(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostgresUri.parse(text))
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("c4nary", "zz", "x9"));
    }

    @Test
    void showsNeitherUserNorPassword() {
        assertThat(PostgresUri.parse("postgresql://app:c4nary@db/orders")).hasToString("postgresql://db:5432/orders");
    }
}
