package io.lifeboat.workflow;

import io.temporal.common.SearchAttributeKey;
import java.util.List;

/** The search attributes of every procedure. The server must know them before a run starts. */
public final class SearchAttributes {
    public static final SearchAttributeKey<String> SERVICE = SearchAttributeKey.forKeyword("LifeboatService");
    public static final SearchAttributeKey<String> PROCEDURE = SearchAttributeKey.forKeyword("LifeboatProcedure");
    public static final SearchAttributeKey<String> PHASE = SearchAttributeKey.forKeyword("LifeboatPhase");
    public static final SearchAttributeKey<String> REGION = SearchAttributeKey.forKeyword("LifeboatRegion");
    public static final SearchAttributeKey<String> VERDICT = SearchAttributeKey.forKeyword("LifeboatVerdict");
    public static final SearchAttributeKey<String> INCIDENT = SearchAttributeKey.forKeyword("LifeboatIncident");

    /** All of them, for whoever registers them. */
    public static final List<SearchAttributeKey<String>> ALL =
            List.of(SERVICE, PROCEDURE, PHASE, REGION, VERDICT, INCIDENT);

    private SearchAttributes() {}
}
