package io.lifeboat.worker;

import io.lifeboat.activity.verification.HttpProbe;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Starts a worker. */
@SpringBootApplication
@EnableConfigurationProperties(WorkerProperties.class)
public class WorkerApplication {
    public static void main(String[] arguments) {
        System.setProperty(HttpProbe.HOST_HEADER_PROPERTY, "host");
        SpringApplication.run(WorkerApplication.class, arguments);
    }
}
