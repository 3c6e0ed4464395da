package io.lifeboat.lab.fault;

import io.lifeboat.workflow.TaskQueues;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.spring.boot.WorkerOptionsCustomizer;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the worker under test has beside what every worker has. It is given to the worker's own main class as one more source. */
@Configuration(proxyBeanMethods = false)
class FaultConfiguration {
    static final String FOLDER = "faults.folder";

    @Bean
    WorkerInterceptor faults(@Value("${" + FOLDER + "}") Path path) {
        FaultFolder folder = new FaultFolder(path);
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, task -> {
            Thread thread = new Thread(task, "faults");
            thread.setDaemon(true);
            return thread;
        });
        return new WorkerInterceptorBase() {
            @Override
            public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
                return new FaultyActivities(next, folder, clock);
            }

            @Override
            public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
                return new WorkflowsUnderTest(next, folder);
            }
        };
    }

    /** Moves data for one activity at a time while workers die: each death would cost its neighbour one of its few attempts, too. */
    @Bean
    WorkerOptionsCustomizer oneTransferAtATime(@Value("${" + FOLDER + "}") Path path) {
        boolean mortal = new FaultFolder(path).fault() == Fault.KILL;
        return (options, name, queue) ->
                mortal && queue.equals(TaskQueues.BULK) ? options.setMaxConcurrentActivityExecutionSize(1) : options;
    }

    /** The rehearsal of a failover takes as long as the rest of the start, and nobody waits for a failover here. */
    @Bean
    static BeanDefinitionRegistryPostProcessor withoutWarmUp() {
        return registry -> registry.removeBeanDefinition("warmUp");
    }
}
