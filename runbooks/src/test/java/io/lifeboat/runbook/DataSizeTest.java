package io.lifeboat.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {

    @ParameterizedTest
    @CsvSource({
        "1kB, 1000",
        "20MB, 20000000",
        "3GB, 3000000000",
        "1KiB, 1024",
        "20MiB, 20971520",
        "4GiB, 4294967296",
        "999999999GiB, 1073741822926258176"
    })
    void knowsEachUnit(String text, long bytes) {
        assertThat(new DataSize(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1000", "kB", "0kB", "01kB", "-1kB", "1.5GB", "1 kB", "1KB", "1kb", "1TB", "1kB\n"})
    void refusesEveryOtherForm(String text) {
        assertThatThrownBy(() -> new DataSize(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is not a size. Write it with a unit, such as 1kB, 20MB or 4GiB.");
    }

    @Test
    void travelsAsItsText() throws JsonProcessingException {
        ObjectMapper json = Json.mapper();
        DataSize size = new DataSize("4GiB");

        assertThat(json.writeValueAsString(size)).isEqualTo("\"4GiB\"");
        assertThat(json.readValue("\"4GiB\"", DataSize.class)).isEqualTo(size);
    }
}
