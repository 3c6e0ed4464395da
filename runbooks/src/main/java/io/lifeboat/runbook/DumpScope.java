package io.lifeboat.runbook;

import java.util.List;

/**
 * What a logical backup takes of a database.
 *
 * @param tables the only tables, each with its schema as in {@code public.orders}; empty for all
 * @param schemaOnly whether the rows are left out
 * @param plain whether the same is stored as SQL text, too, for people and other tools
 */
public record DumpScope(List<String> tables, boolean schemaOnly, boolean plain) {
    /** Everything, as a policy without a scope takes it. */
    public static final DumpScope WHOLE = new DumpScope(List.of(), false, false);

    public DumpScope {
        tables = List.copyOf(tables);
    }

    /** Whether the database can be had again from it. */
    public boolean whole() {
        return tables.isEmpty() && !schemaOnly;
    }
}
