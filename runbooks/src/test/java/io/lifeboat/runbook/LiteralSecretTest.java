package io.lifeboat.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralSecretTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://orders:hunter2@db.example.com/orders",
                "https://:hunter2@example.com/",
                "host=db user=orders password=hunter2",
                "PGPASSWORD: hunter2",
                "https://example.com/?api_key=hunter2",
                "-----BEGIN RSA PRIVATE KEY-----",
                "AKIAIOSFODNN7EXAMPLE",
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "ghp_0123456789abcdefghij0123456789abcdef",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl",
                "Bearer abcdefghijklmnop",
                "9f86d081884c7d659a2feaa0c55ad015",
                "env:AKIAIOSFODNN7EXAMPLE"
            })
    void isSeen(String text) {
        assertThat(LiteralSecret.in(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env:ORDERS_DB_PASSWORD",
                "file:/run/secrets/orders-db-token-2026",
                "https://fence.example.com/regions/us-east-1",
                "select count(*) from order_items_2026 where token_count > 3",
                "Takes customer orders and keeps them.",
                "/orders/v1/customers/latest/1234567890123",
                "team-orders-platform-and-fulfilment-2",
                "orders.eu-central-1.internal.example.com",
                "\"status\":\"ok\"",
                "192.0.2.10"
            })
    void isNotSeenInOrdinaryText(String text) {
        assertThat(LiteralSecret.in(text)).isEmpty();
    }
}
