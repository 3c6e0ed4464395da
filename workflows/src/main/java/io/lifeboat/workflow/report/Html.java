package io.lifeboat.workflow.report;

import java.util.List;

/** Grows a document. Whatever comes in as text is escaped; only this package's own words come in as markup. */
final class Html {
    private final StringBuilder out = new StringBuilder(32_768);

    static String escape(String value) {
        String line = PlainText.line(value);
        StringBuilder escaped = new StringBuilder(line.length() + 16);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    Html markup(String trusted) {
        out.append(trusted);
        return this;
    }

    Html text(String value) {
        out.append(escape(value));
        return this;
    }

    /** {@code <tag attributes>text</tag>}, where the tag with its attributes is markup. */
    Html element(String tag, String value) {
        int space = tag.indexOf(' ');
        return markup("<" + tag + ">").text(value).markup("</" + (space < 0 ? tag : tag.substring(0, space)) + ">\n");
    }

    Html open(String tag) {
        return markup("<" + tag + ">\n");
    }

    Html close(String tag) {
        return markup("</" + tag + ">\n");
    }

    Html section(String id, String heading) {
        return open("section aria-labelledby=\"" + id + "\"").element("h2 id=\"" + id + "\"", heading);
    }

    /** The head of a table inside its own scroller, so that a wide table never widens the page. */
    Html table(String caption, List<String> columns) {
        open("div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + escape(caption) + "\"")
                .open("table")
                .element("caption", caption)
                .markup("<thead><tr>");
        columns.forEach(c -> markup("<th scope=\"col\">").text(c).markup("</th>"));
        return markup("</tr></thead>\n<tbody>\n");
    }

    Html closeTable() {
        return markup("</tbody></table></div>\n");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
