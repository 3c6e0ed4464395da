package io.lifeboat.activity.database.postgresql.pgbackrest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferLogTest {
    private static final String LOG = """
            P00   INFO: backup command begin 2.45: --stanza=main
            P02 DETAIL: backup file /data/base/1/1255 (bundle 1/2685120, 768KB, 99.62%) checksum 9416
            P01 DETAIL: backup file db.example.com:/data/base/1/16384 (1.5GB, 99.7%) checksum 587b
            P00 DETAIL: wrote 'backup_label' file returned from backup stop function
            """;

    @Test
    void addsUpTheFiles() throws Exception {
        List<Long> told = new ArrayList<>();

        TransferLog.follow(new ByteArrayInputStream(LOG.getBytes(StandardCharsets.UTF_8)), told::add);

        assertThat(told).containsExactly(786_432L, 786_432L + 1_610_612_736L);
    }

    @Test
    void saysHowMuchIsDone() {
        assertThat(TransferLog.share(LOG)).contains(0.997);
        assertThat(TransferLog.share("")).isEmpty();
    }
}
