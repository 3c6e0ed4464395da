package io.lifeboat.worker;

import static java.util.stream.Collectors.toMap;

import java.util.Map;

/** What Prometheus would read. */
final class Scrape {
    private Scrape() {}

    /** The samples of the text format by name and labels. */
    static Map<String, Double> samples(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .collect(toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))));
    }
}
