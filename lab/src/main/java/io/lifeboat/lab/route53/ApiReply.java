package io.lifeboat.lab.route53;

import java.util.Optional;
import java.util.function.Consumer;

/** What the HTTP API answers. */
record ApiReply(int status, Optional<String> location, String body) {
    static ApiReply ok(String root, Consumer<XmlText> content) {
        return new ApiReply(200, Optional.empty(), XmlText.document(root, content));
    }

    static ApiReply created(String location, String root, Consumer<XmlText> content) {
        return new ApiReply(201, Optional.of(location), XmlText.document(root, content));
    }

    static ApiReply refused(Route53Fault fault, String requestId) {
        String body = XmlText.document("ErrorResponse", xml -> {
            xml.element("Error", error -> {
                error.element("Type", fault.status() < 500 ? "Sender" : "Receiver");
                error.element("Code", fault.code());
                error.element("Message", fault.text());
            });
            xml.element("RequestId", requestId);
        });
        return new ApiReply(fault.status(), Optional.empty(), body);
    }
}
