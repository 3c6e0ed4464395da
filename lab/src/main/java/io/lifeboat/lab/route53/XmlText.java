package io.lifeboat.lab.route53;

import java.util.Optional;
import java.util.function.Consumer;

/** A response document under construction; elements come out in the order in which they are written. */
final class XmlText {
    static final String NAMESPACE = "https://route53.amazonaws.com/doc/2013-04-01/";

    private final StringBuilder text = new StringBuilder();

    private XmlText() {}

    static String document(String root, Consumer<XmlText> content) {
        XmlText xml = new XmlText();
        xml.text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<").append(root);
        xml.text.append(" xmlns=\"").append(NAMESPACE).append("\">");
        content.accept(xml);
        xml.text.append("</").append(root).append('>');
        return xml.text.toString();
    }

    void element(String name, Consumer<XmlText> content) {
        text.append('<').append(name).append('>');
        content.accept(this);
        text.append("</").append(name).append('>');
    }

    void element(String name, Object value) {
        element(name, xml -> xml.text.append(escaped(value.toString())));
    }

    void element(String name, Optional<?> value) {
        value.ifPresent(present -> element(name, (Object) present));
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
