package io.lifeboat.lab.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0} patched with {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    {"a":"b"}           | {"a":"c"}              | {"a":"c"}
                    {"a":"b"}           | {"b":"c"}              | {"a":"b","b":"c"}
                    {"a":"b","b":"c"}   | {"a":null}             | {"b":"c"}
                    {"a":["b"]}         | {"a":["c"]}            | {"a":["c"]}
                    {"a":{"b":"c"}}     | {"a":{"b":"d","c":null}} | {"a":{"b":"d"}}
                    {"a":"foo"}         | {"a":{"b":{"c":null}}} | {"a":{"b":{}}}
                    """)
    void followsTheExamplesOfRfc7396(String target, String patch, String expected) throws JsonProcessingException {
        assertThat(MergePatch.apply(JSON.readTree(target), JSON.readTree(patch)))
                .isEqualTo(JSON.readTree(expected));
    }
}
