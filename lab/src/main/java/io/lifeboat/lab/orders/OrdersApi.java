package io.lifeboat.lab.orders;

import io.lifeboat.lab.http.Answer;
import io.lifeboat.lab.http.JsonServer;
import io.lifeboat.lab.http.Question;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What customers call.
 *
 * <pre>
 * POST /orders        {"key":uuid,"item":text,"quantity":n} -> 201, or 200 when the key was placed before: {"id","key","region"}
 * POST /orders/check  {"keys":[uuid,...]}, at most 1000     -> 200 {"region","present":[uuid,...]}
 * GET  /orders/latest                                       -> 200 the newest order, 404 when there is none
 * GET  /health                                              -> 200 {"status":"ok","region","writable":true}, else 503
 * </pre>
 *
 * 503 means that the database did not answer as it should; whether an order was placed is then unknown, and asking again
 * with the same key is safe.
 */
final class OrdersApi implements JsonServer.Endpoint {

    private static final int MOST_KEYS = 1000;

    private record NewOrder(
            @Nullable UUID key,
            @Nullable String item,
            @Nullable Integer quantity) {}

    private record Keys(@Nullable List<UUID> keys) {}

    private final String region;
    private final OrderStore store;

    OrdersApi(String region, OrderStore store) {
        this.region = region;
        this.store = store;
    }

    @Override
    public Answer answer(Question question) {
        try {
            return switch (question.line()) {
                case "POST /orders" -> place(question.as(NewOrder.class));
                case "POST /orders/check" -> check(question.as(Keys.class));
                case "GET /orders/latest" -> latest();
                case "GET /health" -> health();
                default -> Answer.unknown(question);
            };
        } catch (SQLException e) {
            return Answer.error(503, "the database of " + region + " did not do its part: " + e.getMessage());
        }
    }

    private Answer place(NewOrder order) throws SQLException {
        UUID key = order.key();
        String item = order.item();
        Integer quantity = order.quantity();
        if (key == null || item == null || quantity == null || quantity < 1) {
            return Answer.error(400, "an order needs a key (a UUID), an item and a quantity of at least 1");
        }
        OrderStore.Placed placed = store.place(key, item, quantity);
        return new Answer(placed.isNew() ? 201 : 200, inOrder("id", placed.id(), "key", key, "region", region));
    }

    private Answer check(Keys asked) throws SQLException {
        List<UUID> keys = asked.keys();
        if (keys == null || keys.size() > MOST_KEYS) {
            return Answer.error(400, "\"keys\" must be a list of at most " + MOST_KEYS + " UUIDs");
        }
        return Answer.ok(inOrder("region", region, "present", store.present(keys)));
    }

    private Answer latest() throws SQLException {
        return store.latest().map(Answer::ok).orElseGet(() -> Answer.error(404, "no order was placed yet"));
    }

    private Answer health() {
        try {
            store.write(region);
            return Answer.ok(inOrder("status", "ok", "region", region, "writable", true));
        } catch (SQLException e) {
            return new Answer(
                    503,
                    inOrder(
                            "status",
                            "failing",
                            "region",
                            region,
                            "writable",
                            false,
                            "problem",
                            "writing to the database failed: " + e.getMessage()));
        }
    }

    private static Map<String, Object> inOrder(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
