package io.lifeboat.lab.route53;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** An element of a request document. Documents with a DOCTYPE, and thus with entities, are refused. */
record XmlNode(Element element) {
    private static final String INVALID_XML = "Invalid XML ; ";

    /** @throws Route53Fault {@code InvalidInput} unless it is a document with this root in Route 53's namespace */
    static XmlNode parse(String document, String root) {
        Element element;
        try {
            element =
                    builder().parse(new InputSource(new StringReader(document))).getDocumentElement();
        } catch (SAXException e) {
            throw Route53Fault.invalidInput(INVALID_XML + e.getMessage());
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException("Cannot parse XML with this JDK's parser", e);
        }
        if (!root.equals(element.getLocalName()) || !XmlText.NAMESPACE.equals(element.getNamespaceURI())) {
            throw Route53Fault.invalidInput(
                    INVALID_XML + "cvc-elt.1: Cannot find the declaration of element '" + element.getNodeName() + "'.");
        }
        return new XmlNode(element);
    }

    private static DocumentBuilder builder() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(new Silent());
        return builder;
    }

    List<XmlNode> children(String name) {
        List<XmlNode> found = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element nested && name.equals(nested.getLocalName())) {
                found.add(new XmlNode(nested));
            }
        }
        return found;
    }

    Optional<XmlNode> child(String name) {
        return children(name).stream().findFirst();
    }

    XmlNode required(String name) {
        return child(name)
                .orElseThrow(() -> Route53Fault.invalidInput(INVALID_XML
                        + "cvc-complex-type.2.4.b: The content of element '" + element.getLocalName()
                        + "' is not complete. One of '{\"" + XmlText.NAMESPACE + "\":" + name + "}' is expected."));
    }

    Optional<String> text(String name) {
        return child(name).map(found -> found.element().getTextContent().strip());
    }

    String requiredText(String name) {
        return required(name).element().getTextContent().strip();
    }

    /** A number between two bounds, which are part of Route 53's schema. */
    Optional<Long> number(String name, String xmlType, long least, long most) {
        return text(name).map(text -> bounded(text, xmlType, least, most));
    }

    private static long bounded(String text, String xmlType, long least, long most) {
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Route53Fault.invalidInput(
                    INVALID_XML + "cvc-datatype-valid.1.2.1: '" + text + "' is not a valid value for 'integer'.");
        }
        if (number < least) {
            throw outOfBounds(text, "minInclusive", least, xmlType);
        }
        if (number > most) {
            throw outOfBounds(text, "maxInclusive", most, xmlType);
        }
        return number;
    }

    private static Route53Fault outOfBounds(String text, String facet, long bound, String xmlType) {
        return Route53Fault.invalidInput(INVALID_XML + "cvc-" + facet + "-valid: Value '" + text
                + "' is not facet-valid with respect to " + facet + " '" + bound + "' for type '" + xmlType + "'.");
    }

    /** One of a fixed set of words. */
    static <T> T word(String text, List<String> words, Function<String, T> parse) {
        if (!words.contains(text)) {
            throw Route53Fault.invalidInput(INVALID_XML + "cvc-enumeration-valid: Value '" + text
                    + "' is not facet-valid with respect to enumeration '[" + String.join(", ", words)
                    + "]'. It must be a value from the enumeration.");
        }
        return parse.apply(text);
    }

    /** The JDK's own handler prints to standard error. */
    private static final class Silent implements ErrorHandler {
        @Override
        public void warning(SAXParseException exception) {}

        @Override
        public void error(SAXParseException exception) throws SAXException {
            throw exception;
        }

        @Override
        public void fatalError(SAXParseException exception) throws SAXException {
            throw exception;
        }
    }
}
