package io.lifeboat.activity.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseException.Kind;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFaultTest {
    @ParameterizedTest
    @CsvSource({
        "08006, UNREACHABLE", "57P01, UNREACHABLE", "57P03, UNREACHABLE", "28P01, NOT_ALLOWED", "28000, NOT_ALLOWED",
        "42501, NOT_ALLOWED", "25006, READ_ONLY", "42P01, NOT_FOUND", "3D000, NOT_FOUND", "23505, REFUSED",
        "55000, REFUSED"
    })
    void namesTheKindAndTheStateAndNothingElse(String state, Kind kind) {
        DatabaseException fault = SqlFault.inStatement(new SQLException("c4nary in the server's words", state));

        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault).hasNoCause().hasMessageContaining("SQLState " + state);
        assertThat(fault.getMessage()).doesNotContain("c4nary");
    }

    @Test
    void takesOnlyTheRefusalOfAConnectionForAFence() {
        SQLException e = new SQLException("database is not currently accepting connections", "55000");

        assertThat(SqlFault.whileConnecting(e).kind()).isEqualTo(Kind.NOT_ACCEPTING);
        assertThat(SqlFault.inStatement(e).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void tellsARefusedConnectionFromSilence() {
        assertThat(SqlFault.whileConnecting(new SQLException("", "08001", new ConnectException())))
                .hasMessageContaining("connection refused");
        assertThat(SqlFault.whileConnecting(new SQLException("", "08001", new SocketTimeoutException())))
                .hasMessageContaining("no answer in time");
    }
}
