package io.lifeboat.activity.database.postgresql;

import static org.junit.jupiter.api.Assumptions.abort;

import io.lifeboat.activity.database.DatabaseEngine;
import io.lifeboat.activity.database.DatabaseEngineContract;
import io.lifeboat.activity.database.DatabaseInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.postgresql.PostgreSQLContainer;

class PostgresContainerIT extends DatabaseEngineContract {
    private static final PostgreSQLContainer SERVER = new PostgreSQLContainer("postgres:17-alpine");

    @BeforeAll
    static void startContainer() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            abort("Skipped: Docker is absent, so the contract was not run against PostgreSQL 17 in a container.");
        }
        try {
            SERVER.withDatabaseName("orders").start();
        } catch (ContainerFetchException e) {
            abort("Skipped: the image postgres:17-alpine is absent and cannot be pulled.");
        }
    }

    @AfterAll
    static void stopContainer() {
        SERVER.stop();
    }

    @Override
    protected DatabaseEngine engine() {
        return new PostgresEngine();
    }

    @Override
    protected DatabaseInstance primary() {
        return instance(SERVER.getPassword(), SERVER.getHost(), SERVER.getFirstMappedPort());
    }

    @Override
    protected DatabaseInstance withPassword(String password) {
        return instance(password, SERVER.getHost(), SERVER.getFirstMappedPort());
    }

    @Override
    protected DatabaseInstance atPort(int port) {
        return instance(SERVER.getPassword(), "127.0.0.1", port);
    }

    private static DatabaseInstance instance(String password, String host, int port) {
        return new DatabaseInstance(
                "orders-db",
                "east",
                "postgresql://" + SERVER.getUsername() + ":" + password + "@" + host + ":" + port + "/orders");
    }
}
