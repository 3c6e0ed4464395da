package io.lifeboat.runbook;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.Optional;

/** A question whose right answer shows that the service works in a region, asked before traffic goes there. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SmokeTest.Http.class, name = "http"),
    @JsonSubTypes.Type(value = SmokeTest.Sql.class, name = "sql")
})
public sealed interface SmokeTest {
    String name();

    /** How long the test may be repeated before it counts as failed. */
    Duration timeout();

    /**
     * Asks the region's own endpoint, not the public name.
     *
     * @param contains text that the body must contain
     */
    record Http(String name, Duration timeout, String path, int status, Optional<String> contains)
            implements SmokeTest {}

    /**
     * Asks the region's database.
     *
     * @param query a query with one row and one column
     * @param expect what the column must read as, as text
     */
    record Sql(String name, Duration timeout, String datastore, String query, String expect) implements SmokeTest {}
}
