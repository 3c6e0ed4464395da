package io.lifeboat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.workflow.TaskQueues;
import io.temporal.common.metadata.POJOActivityMethodMetadata;
import io.temporal.common.metadata.POJOWorkflowMethodMetadata;
import io.temporal.spring.boot.autoconfigure.template.WorkersTemplate;
import io.temporal.spring.boot.autoconfigure.template.WorkersTemplate.RegisteredInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
@ResourceLock(Resources.SYSTEM_OUT)
class WorkerApplicationTest {
    @Test
    void registersEveryWorkflowAndActivityThatThereIsAndNothingElse() {
        try (ConfigurableApplicationContext worker = start()) {
            Map<String, RegisteredInfo> queues =
                    worker.getBean(WorkersTemplate.class).getRegisteredInfo();

            assertThat(queues).containsOnlyKeys(TaskQueues.CONTROL, TaskQueues.FAILOVER, TaskQueues.BULK);
            assertThat(workflowTypes(queues.get(TaskQueues.CONTROL))).isEqualTo(WireNames.workflowTypes());
            assertThat(activityTypes(queues.get(TaskQueues.CONTROL))).isEmpty();
            assertThat(workflowTypes(queues.get(TaskQueues.FAILOVER))).isEmpty();
            assertThat(workflowTypes(queues.get(TaskQueues.BULK))).isEmpty();
            assertThat(Stream.of(TaskQueues.FAILOVER, TaskQueues.BULK)
                            .flatMap(queue -> activityTypes(queues.get(queue)).stream())
                            .distinct()
                            .sorted())
                    .containsExactlyElementsOf(WireNames.activityTypes());
            assertThat(activityTypes(queues.get(TaskQueues.FAILOVER)))
                    .as("what moves data has slots of its own, so that it cannot delay a failover")
                    .noneMatch(type -> type.startsWith("Backup_") || type.startsWith("Restore_"));
        }
    }

    @Test
    void isReadyOnceItHasRehearsedAFailoverAndSaysWhatItCannotReach(CapturedOutput output) {
        try (ConfigurableApplicationContext worker = start()) {
            WarmUp warmUp = worker.getBean(WarmUp.class);

            awaitReady(warmUp);

            assertThat(output)
                    .contains("Cannot read Deployment \"orders/orders-api\" in us-west-2")
                    .doesNotContain("This build cannot go on from a recorded failover");
        }
    }

    @Test
    void namesAConfigurationKeyThatItDoesNotKnow(CapturedOutput output) {
        assertThatThrownBy(() -> start("--lifeboat.runbok=/tmp").close()).isNotNull();

        assertThat(output).contains("APPLICATION FAILED TO START").contains("lifeboat.runbok");
    }

    @Test
    void namesAConfigurationKeyWhoseValueItCannotUse(CapturedOutput output) {
        assertThatThrownBy(() -> start("--lifeboat.regions.us-east-1.kubernetes.url=not a url")
                        .close())
                .isNotNull();

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("lifeboat.regions.us-east-1.kubernetes.url");
    }

    @Test
    void saysInWordsThatThereAreNoRunbooks(CapturedOutput output, @TempDir Path empty) {
        assertThatThrownBy(() -> start("--lifeboat.runbooks=" + empty).close()).isNotNull();

        assertThat(output)
                .contains("The worker cannot start without runbooks")
                .contains(empty.toString())
                .doesNotContain("\tat io.lifeboat");
    }

    @Test
    void saysEverythingThatIsWrongWithTheKeysOfItsBackupsAndQuotesNone(CapturedOutput output) {
        assertThatThrownBy(() -> start(
                                "--lifeboat.backups.signing.key-id=2026",
                                "--lifeboat.backups.signing.private-key=c2VjcmV0LXNpZ25pbmc=",
                                "--lifeboat.backups.signing.trusted.2026=env:NO_SUCH_KEY",
                                "--lifeboat.backups.keys.critical.kms[0]=alias/backups",
                                "--lifeboat.backups.keys.critical.kms[1]=arn:aws:kms:us-west-2:111122223333:key/1",
                                "--lifeboat.backups.keys.critical.identities[0]=file:/no/such/file",
                                "--lifeboat.backups.keys.critical.since.nobody=2026-08-01",
                                "--lifeboat.backups.keys.billing.kms[0]=arn:aws:kms:us-west-2:111122223333:key/2",
                                "--lifeboat.backups.keys.billing.escrow=secret-escrow",
                                "--lifeboat.backups.keys.billing.recipients.us-west-2=age1none",
                                "--lifeboat.backups.keys.plain.identities[0]=AGE-SECRET-KEY-none")
                        .close())
                .isNotNull();

        assertThat(output)
                .contains("the keys of its backups cannot be used")
                .contains("lifeboat.backups.signing: Cannot resolve \"env:NO_SUCH_KEY\"")
                .contains("lifeboat.backups.keys.critical.kms[0]: Cannot use KMS key \"alias/backups\"")
                .contains("lifeboat.backups.keys.critical.escrow: it is missing")
                .contains("lifeboat.backups.keys.critical.identities[0]: Cannot resolve \"file:/no/such/file\"")
                .contains("lifeboat.backups.keys.critical.since.nobody: no key of it is here")
                .contains("lifeboat.backups.keys.billing.seal-with: there are keys for both")
                .contains("lifeboat.backups.keys.billing.escrow: Cannot use the escrow's key")
                .contains("lifeboat.backups.keys.billing: the recipient of \"us-west-2\" is no age public key")
                .contains("lifeboat.backups.keys.plain.seal-with: nothing can be sealed")
                .contains("lifeboat.backups.keys.plain: one of the worker's age identities is none")
                .doesNotContain("AGE-SECRET-KEY-none", "secret-escrow", "c2VjcmV0", "\tat io.lifeboat");
    }

    @Test
    void saysInWordsThatThereIsNoTemporal(CapturedOutput output) {
        assertThatThrownBy(() -> start(
                                "--spring.temporal.test-server.enabled=false",
                                "--spring.temporal.connection.target=127.0.0.1:1")
                        .close())
                .isNotNull();

        assertThat(output)
                .contains("The worker cannot start without Temporal")
                .contains("UNAVAILABLE", "Connection refused", "127.0.0.1:1")
                .doesNotContain("\tat io.lifeboat");
    }

    /** The least that a worker can be told, and the in-memory server unless the test names another. */
    private ConfigurableApplicationContext start(String... more) {
        Stream<String> least = Stream.of(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--server.tomcat.basedir=target/tomcat",
                "--lifeboat.regions.us-west-2.kubernetes.url=http://127.0.0.1:1",
                "--lifeboat.route53.region=us-east-1");
        Stream<String> unlessNamed = Stream.of(
                        "--spring.temporal.test-server.enabled=true",
                        "--lifeboat.runbooks="
                                + Path.of("../runbooks/catalog")
                                        .toAbsolutePath()
                                        .normalize())
                .filter(option -> Stream.of(more).noneMatch(named -> key(named).equals(key(option))));
        return new SpringApplicationBuilder(WorkerApplication.class)
                .run(Stream.of(least, unlessNamed, Stream.of(more))
                        .flatMap(options -> options)
                        .toArray(String[]::new));
    }

    private static String key(String option) {
        return option.substring(0, option.indexOf('='));
    }

    private static void awaitReady(WarmUp warmUp) {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!warmUp.health().getStatus().equals(Status.UP)) {
            assertThat(System.nanoTime()).as("within 90 s").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static List<String> workflowTypes(RegisteredInfo queue) {
        return queue.getRegisteredWorkflowInfo().stream()
                .flatMap(info -> info.getMetadata().getWorkflowMethods().stream())
                .map(POJOWorkflowMethodMetadata::getName)
                .sorted()
                .toList();
    }

    private static List<String> activityTypes(RegisteredInfo queue) {
        return queue.getRegisteredActivityInfo().stream()
                .flatMap(info -> info.getMetadata().getActivityMethods().stream())
                .map(POJOActivityMethodMetadata::getActivityTypeName)
                .sorted()
                .toList();
    }
}
