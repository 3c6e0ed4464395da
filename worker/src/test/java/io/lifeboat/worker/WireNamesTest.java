package io.lifeboat.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.TaskQueues;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.metadata.WorkflowMethodType;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireNamesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/lifeboat/worker/wire-names.txt");

    @Test
    void staysWhatRunningWorkflowsAndTheirHistoriesExpect() throws IOException {
        Map<String, List<String>> names = new LinkedHashMap<>();
        names.put("workflow types", WireNames.workflowTypes());
        names.put("updates", WireNames.handlers(WorkflowMethodType.UPDATE));
        names.put("queries", WireNames.handlers(WorkflowMethodType.QUERY));
        names.put("signals", WireNames.handlers(WorkflowMethodType.SIGNAL));
        names.put("activity types", WireNames.activityTypes());
        names.put("search attributes", searchAttributes());
        names.put("task queues", taskQueues());

        String rendered = rendered(names);

        if (Boolean.getBoolean("recreate")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, rendered);
        }
        assertThat(rendered)
                .as("A name on the wire has changed, so runs that are under way would hang. Take the change back; a new"
                        + " name is written down with -Drecreate=true.")
                .isEqualTo(Files.readString(GOLDEN));
    }

    private static List<String> searchAttributes() {
        return SearchAttributes.ALL.stream()
                .map(SearchAttributeKey::getName)
                .sorted()
                .toList();
    }

    private static List<String> taskQueues() {
        return Arrays.stream(TaskQueues.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(field -> {
                    try {
                        return (String) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                })
                .sorted()
                .toList();
    }

    private static String rendered(Map<String, List<String>> names) {
        StringBuilder text = new StringBuilder();
        names.forEach((kind, list) -> {
            text.append(kind).append('\n');
            list.forEach(name -> text.append("  ").append(name).append('\n'));
        });
        return text.toString();
    }
}
