package io.lifeboat.lab.command;

import io.lifeboat.lab.LabStatus;
import java.util.ArrayList;
import java.util.List;

/** A lab's status for people. */
final class StatusTable {

    private StatusTable() {}

    static String of(LabStatus status) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("REGION", "PART", "ADDRESS", "PID", "STATE"));
        for (LabStatus.Row row : status.parts()) {
            rows.add(List.of(
                    row.region(),
                    row.part(),
                    row.address().isEmpty() ? "-" : row.address(),
                    row.pid() == 0 ? "-" : String.valueOf(row.pid()),
                    row.state().toString()));
        }
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder table = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
            }
            table.append(line.toString().stripTrailing()).append('\n');
        }
        return table.toString();
    }
}
