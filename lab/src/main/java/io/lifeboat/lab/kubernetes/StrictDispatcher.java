package io.lifeboat.lab.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * fabric8's in-memory Kubernetes, closer to the real one: merge patches follow RFC 7396, {@code scale} is a resource of
 * its own, a status is changed only through {@code status}, a patch that does not apply is answered instead of dropping
 * the connection, and what the server cannot do (dry run, server-side apply) is refused, not done wrongly.
 */
final class StrictDispatcher extends KubernetesCrudDispatcher {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCALE = "/scale";

    private final Runnable forgetRequests;

    /** @param forgetRequests the server keeps every request it ever got unless told otherwise */
    StrictDispatcher(Runnable forgetRequests) {
        this.forgetRequests = forgetRequests;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        forgetRequests.run();
        try {
            return switch (request.method()) {
                case GET -> get(request);
                default -> change(request);
            };
        } catch (RuntimeException | JsonProcessingException e) {
            return status(422, "Invalid", "the server cannot apply this request: " + e.getMessage());
        }
    }

    @Override
    public boolean isStatusSubresourceEnabledForResource(String path) {
        return path.contains("/apis/apps/") || path.contains("/apis/batch/") || path.contains("/pods/");
    }

    private MockResponse get(RecordedRequest request) {
        String path = request.getPath();
        if (isScale(path)) {
            return current(parent(path))
                    .map(object -> answer(200, scaleOf(object)))
                    .orElseGet(() -> notFound(path));
        }
        return path.equals("/version") ? answer(200, version()) : super.dispatch(request);
    }

    /** One change at a time, since a patch is computed from what is there. */
    private synchronized MockResponse change(RecordedRequest request) throws JsonProcessingException {
        String path = request.getPath();
        if (path.contains("dryRun=")) {
            return status(501, "NotImplemented", "this server of the lab has no dry run; use a real control plane");
        }
        if (isScale(path)) {
            return scale(request, path);
        }
        if (isMergePatch(request)) {
            Optional<JsonNode> current = current(path);
            return current.isEmpty()
                    ? notFound(path)
                    : ok(super.handlePatch(
                            asJsonPatch(path, current.get(), request.getBody().readUtf8())));
        }
        MockResponse done = ok(super.dispatch(request));
        return done.code() == 201 && isStatusSubresourceEnabledForResource(path) ? withEmptyStatus(path, done) : done;
    }

    /** A real object of these kinds has a status from the beginning. */
    private MockResponse withEmptyStatus(String path, MockResponse created) throws JsonProcessingException {
        String name = JSON.readTree(created.getBody().readUtf8())
                .path("metadata")
                .path("name")
                .asText();
        String empty = "[{\"op\":\"add\",\"path\":\"/status\",\"value\":{}}]";
        return super.handlePatch(jsonPatch(withoutQuery(path) + "/" + name + "/status", empty))
                .setResponseCode(201);
    }

    private MockResponse scale(RecordedRequest request, String path) throws JsonProcessingException {
        String target = parent(path);
        Optional<JsonNode> current = current(target);
        if (current.isEmpty()) {
            return notFound(path);
        }
        JsonNode asked = JSON.readTree(request.getBody().readUtf8());
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("spec").set("replicas", asked.path("spec").path("replicas"));
        JsonNode version = asked.path("metadata").path("resourceVersion");
        if (version.isTextual()) {
            patch.putObject("metadata").set("resourceVersion", version);
        }
        MockResponse changed = super.handlePatch(asJsonPatch(target, current.get(), patch.toString()));
        return changed.code() >= 300
                ? changed
                : answer(200, scaleOf(current(target).orElseThrow()));
    }

    private Optional<JsonNode> current(String path) {
        Map.@Nullable Entry<?, String> found = findResource(getKey(path));
        try {
            return found == null ? Optional.empty() : Optional.of(JSON.readTree(found.getValue()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored objects are JSON", e);
        }
    }

    /** The server appends to lists and keeps nulls in a merge patch, so it is given what the patch amounts to. */
    private static RecordedRequest asJsonPatch(String path, JsonNode current, String patch)
            throws JsonProcessingException {
        JsonNode merged = MergePatch.apply(current, JSON.readTree(patch));
        var operations = JSON.createArrayNode();
        merged.properties()
                .forEach(field -> operations
                        .addObject()
                        .put("op", "add")
                        .put("path", "/" + field.getKey())
                        .set("value", field.getValue()));
        current.fieldNames().forEachRemaining(name -> {
            if (!merged.has(name)) {
                operations.addObject().put("op", "remove").put("path", "/" + name);
            }
        });
        return jsonPatch(path, operations.toString());
    }

    private static RecordedRequest jsonPatch(String path, String operations) {
        return new RecordedRequest(
                "HTTP_1_1",
                HttpMethod.PATCH,
                path,
                Headers.builder()
                        .add("Content-Type", "application/json-patch+json")
                        .build(),
                new Buffer(operations.getBytes(StandardCharsets.UTF_8)));
    }

    private static ObjectNode scaleOf(JsonNode object) {
        ObjectNode scale =
                JSON.createObjectNode().put("apiVersion", "autoscaling/v1").put("kind", "Scale");
        ObjectNode metadata = scale.putObject("metadata");
        for (String name : new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
            metadata.set(name, object.path("metadata").path(name));
        }
        scale.putObject("spec")
                .put("replicas", object.path("spec").path("replicas").asInt(1));
        scale.putObject("status")
                .put("replicas", object.path("status").path("replicas").asInt(0));
        return scale;
    }

    private static boolean isMergePatch(RecordedRequest request) {
        String type = request.getHeader("Content-Type");
        return type != null && type.startsWith("application/merge-patch+json");
    }

    private static boolean isScale(String path) {
        return withoutQuery(path).endsWith(SCALE);
    }

    private static String parent(String path) {
        String plain = withoutQuery(path);
        return plain.substring(0, plain.length() - SCALE.length());
    }

    private static String withoutQuery(String path) {
        return path.split("\\?", 2)[0];
    }

    /** A real API server answers a patch with 200. */
    private static MockResponse ok(MockResponse response) {
        return response.code() == 202 ? response.setResponseCode(200) : response;
    }

    private static JsonNode version() {
        return JSON.createObjectNode().put("major", "1").put("minor", "36").put("gitVersion", "v1.36.0-lab");
    }

    private static MockResponse notFound(String path) {
        return status(404, "NotFound", withoutQuery(path) + " not found");
    }

    private static MockResponse status(int code, String reason, String message) {
        return answer(
                code,
                JSON.createObjectNode()
                        .put("kind", "Status")
                        .put("apiVersion", "v1")
                        .put("status", "Failure")
                        .put("message", message)
                        .put("reason", reason)
                        .put("code", code));
    }

    private static MockResponse answer(int code, JsonNode body) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(body.toString());
    }
}
