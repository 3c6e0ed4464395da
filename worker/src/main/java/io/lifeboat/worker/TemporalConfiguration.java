package io.lifeboat.worker;

import io.lifeboat.activity.heartbeat.HeartbeatInterceptor;
import io.lifeboat.workflow.WireFormat;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.spring.boot.WorkerOptionsCustomizer;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every worker of Lifeboat has in common. */
@Configuration(proxyBeanMethods = false)
class TemporalConfiguration {
    /** Measured: with the default of 5 s, the step after a lost worker waits 5 s for the dead worker's own queue. */
    private static final Duration STICKY = Duration.ofMillis(500);

    /**
     * How long a workflow's thread may work without a pause before its task fails. With the default of 1 s that befell replays whose
     * thread had no processor in time, on a machine with more to do than it could, as a failover may find it. Half of a task's 10 s.
     */
    private static final Duration BLOCKED = Duration.ofSeconds(5);

    @Bean
    DataConverter mainDataConverter() {
        return WireFormat.dataConverter();
    }

    @Bean
    WorkerInterceptor heartbeats() {
        return new HeartbeatInterceptor();
    }

    @Bean
    WorkerOptionsCustomizer workerOptions() {
        return (options, name, queue) -> options.setStickyQueueScheduleToStartTimeout(STICKY)
                .setDefaultDeadlockDetectionTimeout(BLOCKED.toMillis());
    }
}
