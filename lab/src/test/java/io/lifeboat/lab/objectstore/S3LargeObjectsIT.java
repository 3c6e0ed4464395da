package io.lifeboat.lab.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjects.Lock;
import io.lifeboat.activity.storage.LargeObjectsContract;
import io.lifeboat.activity.storage.Upload;
import io.lifeboat.activity.storage.s3.S3ObjectStores;
import io.lifeboat.workflow.FailureType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Large objects on a real SeaweedFS, as the lab runs it. */
class S3LargeObjectsIT extends LargeObjectsContract {
    private static final String LOCKED = "locked";
    private static final int PART = 16 << 20;
    private static final int MORE_THAN_A_PAGE = 1_050;

    @TempDir
    private static Path folder;

    private static SeaweedForTest seaweed;
    private static S3ObjectStores stores;

    @BeforeAll
    static void startSeaweed() throws IOException {
        seaweed = new SeaweedForTest(folder, "127.33.3.1");
        seaweed.createBucket(BUCKET);
        try (S3Client client = seaweed.client()) {
            client.createBucket(b -> b.bucket(LOCKED).objectLockEnabledForBucket(true));
        }
        stores = seaweed.stores(SeaweedForTest.KEYS.secretKey());
    }

    @AfterAll
    static void stopSeaweed() {
        if (stores != null) {
            stores.close();
        }
        if (seaweed != null) {
            seaweed.close();
        }
    }

    @Override
    protected LargeObjects objects() {
        return stores.large(SeaweedForTest.REGION);
    }

    @Test
    void storeRefusesAPartThatIsNotWhatItsChecksumSays() {
        try (S3Client client = seaweed.client()) {
            String id =
                    client.createMultipartUpload(b -> b.bucket(BUCKET).key(key)).uploadId();

            assertThatThrownBy(() -> client.uploadPart(
                            b -> b.bucket(BUCKET)
                                    .key(key)
                                    .uploadId(id)
                                    .partNumber(1)
                                    .checksumSHA256(Base64.getEncoder().encodeToString(new byte[32])),
                            RequestBody.fromString("not that")))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            refused -> assertThat(refused.statusCode()).isEqualTo(400));
        }
    }

    @Test
    void lockedObjectCannotBeDeletedBeforeItsTime() throws IOException {
        Lock lock = new Lock(Lock.Mode.COMPLIANCE, Instant.now().plus(Duration.ofHours(1)));
        try (Upload upload = objects().create(LOCKED, key, Optional.of(lock))) {
            upload.write(bytes("kept"));
            upload.complete();
        }

        assertThatThrownBy(() -> objects().delete(LOCKED, key))
                .matches(FailureType.PRECONDITION_FAILED::is)
                .hasMessageContaining("403 AccessDenied")
                .hasMessageContaining("only after its time");
        try (var kept = objects().open(LOCKED, key)) {
            assertThat(kept.readAllBytes()).isEqualTo(bytes("kept"));
        }
    }

    @Test
    void deletingInABucketWithVersionsLeavesNoVersion() throws IOException {
        for (String content : new String[] {"first", "second"}) {
            try (Upload upload = objects().create(LOCKED, key, Optional.empty())) {
                upload.write(bytes(content));
                upload.complete();
            }
        }

        objects().delete(LOCKED, key);

        try (S3Client client = seaweed.client()) {
            var left = client.listObjectVersions(b -> b.bucket(LOCKED).prefix(key));
            assertThat(left.versions()).isEmpty();
            assertThat(left.deleteMarkers()).isEmpty();
        }
    }

    @Test
    void wrongCredentialsAreNotTriedAgainAndNotShown() {
        String wrong = "c4nary-secret";
        try (S3ObjectStores strangers = seaweed.stores(wrong)) {
            LargeObjects large = strangers.large(SeaweedForTest.REGION);

            assertThatThrownBy(() -> large.create(BUCKET, key, Optional.empty()))
                    .matches(FailureType.PRECONDITION_FAILED::is)
                    .hasMessageContaining("Check the worker's credentials")
                    .hasMessageNotContaining(wrong)
                    .hasMessageNotContaining(SeaweedForTest.KEYS.accessKey() + "\"");
        }
    }

    @Test
    void abandonsMoreUploadsThanOnePageHolds() {
        try (S3Client client = seaweed.client()) {
            IntStream.range(0, MORE_THAN_A_PAGE)
                    .parallel()
                    .forEach(i ->
                            client.createMultipartUpload(b -> b.bucket(BUCKET).key(folder() + i)));
        }

        assertThat(objects().abandon(BUCKET, folder(), Instant.now().plusSeconds(3600)))
                .hasSize(MORE_THAN_A_PAGE);
        assertThat(objects().abandon(BUCKET, folder(), Instant.now().plusSeconds(3600)))
                .isEmpty();
    }

    @Test
    void readsOnWhereAnswersBreakOff() throws IOException {
        byte[] content = random(5, 3 * PART);
        store(key, content);

        try (SeveringRelay relay = new SeveringRelay(seaweed.endpoint(), 3 << 20, 14 << 20, 30 << 20);
                S3ObjectStores access = SeaweedForTest.stores(relay.endpoint(), SeaweedForTest.KEYS.secretKey());
                InputStream object = access.large(SeaweedForTest.REGION).open(BUCKET, key)) {
            assertThat(object.readAllBytes()).isEqualTo(content);
            assertThat(relay.left()).isZero();
        }
    }

    @Test
    void objectThatIsReplacedWhileItIsReadIsNotMixedWithTheNewOne() throws IOException {
        store(key, random(6, 3 * PART));
        try (InputStream object = objects().open(BUCKET, key)) {
            store(key, random(7, 3 * PART));

            assertThatThrownBy(object::readAllBytes)
                    .matches(FailureType.UNAVAILABLE::is)
                    .hasMessageContaining("412")
                    .hasMessageContaining("The object was replaced while it was read. Read it again.");
        }
    }

    @Test
    void whatCannotBeReadIsNotLeftOut() throws IOException {
        store(key, random(8, 3 * PART));
        try (InputStream object = objects().open(BUCKET, key)) {
            objects().delete(BUCKET, key);

            assertThatThrownBy(object::readAllBytes).matches(FailureType.TARGET_NOT_FOUND::is);
            assertThatThrownBy(object::read).matches(FailureType.TARGET_NOT_FOUND::is);
        }
    }

    @Test
    void storeKilledInTheMiddleOfAnUploadIsUnavailableAndShowsNothingLater(@TempDir Path own) throws Exception {
        try (SeaweedForTest mortal = new SeaweedForTest(own, "127.33.4.1");
                S3ObjectStores access = mortal.stores(SeaweedForTest.KEYS.secretKey())) {
            mortal.createBucket(BUCKET);
            LargeObjects large = access.large(SeaweedForTest.REGION);
            try (Upload upload = large.create(BUCKET, key, Optional.empty())) {
                upload.write(new byte[PART]);
                mortal.kill();

                long killed = System.nanoTime();
                Throwable failure = catchThrowable(() -> {
                    upload.write(new byte[3 * PART]);
                    upload.complete();
                });
                assertThat(failure)
                        .matches(FailureType.UNAVAILABLE::is)
                        .hasMessageContaining("Cannot write")
                        .hasMessageContaining("the store does not answer");
                assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(60));
            }

            mortal.start();

            assertThat(large.list(BUCKET, folder())).isEmpty();
            assertThatThrownBy(() -> large.open(BUCKET, key)).matches(FailureType.TARGET_NOT_FOUND::is);
        }
    }
}
