package io.lifeboat.lab.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.lab.LabState;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JsonTest {

    private enum Colour {
        RED,
        BLUE
    }

    private record Boat(String name, Integer seats, UUID key, Colour colour, boolean afloat, List<Boat> tenders) {}

    private static final UUID KEY = UUID.fromString("00000000-0000-0001-0000-000000000002");

    private static final LabState LAB = new LabState(
            "a \"quoted\" name\n",
            "/lab",
            LabState.Kubernetes.CONTROL_PLANE,
            new LabState.Outside("127.1.0.1", 1, 2, 3, 4),
            List.of(
                    new LabState.Region("us-east-1", true, "127.1.1.1", 5, 6, 7, 8),
                    new LabState.Region("us-west-2", false, "127.1.2.1", 5, 6, 7, 8)),
            new LabState.Temporal("127.0.0.1:7233", "http://127.0.0.1:8233", "default"),
            new LabState.Credentials("user", "pässword", "key", "secret"));

    @Test
    void readsALabsStateAsJacksonWritesIt() throws IOException {
        assertThat(Json.read(new ObjectMapper().writeValueAsString(LAB), LabState.class))
                .isEqualTo(LAB);
    }

    @Test
    void writesALabsStateSoThatJacksonReadsIt() throws IOException {
        assertThat(new ObjectMapper().readValue(Json.write(LAB), LabState.class))
                .isEqualTo(LAB);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Boat tender = new Boat("tender", null, KEY, Colour.BLUE, false, List.of());
        Boat boat = new Boat("boat", 40, KEY, Colour.RED, true, List.of(tender, tender));

        assertThat(Json.read(Json.write(boat), Boat.class)).isEqualTo(boat);
    }

    @Test
    void takesAnAbsentFieldAsNull() throws IOException {
        assertThat(Json.read("{\"afloat\":true}", Boat.class)).isEqualTo(new Boat(null, null, null, null, true, null));
    }

    @Test
    void writesWhatIsNoRecordByItsText() {
        assertThat(Json.write(List.of(Instant.EPOCH, KEY, Colour.RED, 1.5, 7L, false)))
                .isEqualTo("[\"1970-01-01T00:00:00Z\",\"" + KEY + "\",\"RED\",1.5,7,false]");
    }

    @Test
    void saysWhatDoesNotFit() {
        assertProblem("", "there is no JSON at all");
        assertProblem("{} {}", "there is more than one JSON value");
        assertProblem("7", "it is not an object");
        assertProblem("{\"name\":\"x\"}", "\"afloat\" is missing");
        assertProblem("{\"sails\":2}", "\"sails\" is unknown");
        assertProblem("{\"seats\":\"two\"}", "\"seats\" is not a Integer");
        assertProblem("{\"seats\":2.5}", "\"seats\" is not a Integer");
        assertProblem("{\"seats\":3000000000}", "\"seats\" is not a Integer");
        assertProblem("{\"key\":\"x\"}", "\"key\" is \"x\", not a UUID");
        assertProblem("{\"colour\":\"GREEN\"}", "\"colour\" is \"GREEN\", not one of [RED, BLUE]");
        assertProblem("{\"afloat\":true,\"tenders\":{}}", "\"tenders\" is not a list");
        assertProblem("{\"afloat\":true,\"tenders\":[1]}", "\"tenders\"[0] is not an object");
    }

    @Test
    void refusesADocumentThatEndsTooEarly() {
        for (String document : List.of("{", "{\"name\"", "{\"tenders\":[", "{\"name\":\"x")) {
            assertThatThrownBy(() -> Json.read(document, Boat.class)).isInstanceOf(IOException.class);
        }
    }

    private static void assertProblem(String document, String problem) {
        assertThatThrownBy(() -> Json.read(document, Boat.class))
                .isInstanceOf(IOException.class)
                .hasMessage(problem);
    }
}
