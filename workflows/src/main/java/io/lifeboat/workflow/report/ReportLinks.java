package io.lifeboat.workflow.report;

/**
 * Where the three forms of a report are.
 *
 * @param json URI
 * @param html URI
 * @param markdown URI
 */
public record ReportLinks(String json, String html, String markdown) {}
