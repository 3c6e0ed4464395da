package io.lifeboat.activity.database.postgresql.pgbackrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.database.Lsn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepositoryTest {
    private static final Stanza STANZA = new Stanza("main", 2, Optional.empty());

    /** A stanza after a major upgrade: a full one of ours, an incremental of somebody else's, and one of ours upon that. */
    private static final String JSON = """
            [{"archive":[{"database":{"id":1,"repo-key":2},"id":"14-1"},{"database":{"id":2,"repo-key":2},"id":"15-2"}],
              "backup":[%s,%s,%s],
              "db":[{"id":1,"system-id":1,"version":"14"},{"id":2,"system-id":7710673245656424171,"version":"15"}],
              "name":"main","repo":[{"key":2,"status":{"code":0,"message":"ok"}}],"status":{"code":0,"message":"ok"}}]
            """.formatted(
                    set("F", "full", "null", "\"annotation\":{\"lifeboat\":\"monday\"},"),
                    set("F_1I", "incr", "\"F\"", ""),
                    set("F_2I", "incr", "\"F_1I\"", "\"annotation\":{\"lifeboat\":\"tuesday\"},"));

    private static String set(String label, String type, String prior, String annotation) {
        return """
                {%s"archive":{"start":"0000000A00000000000000FF","stop":"0000000A0000000100000000"},"database":{"id":2},
                 "error":false,"info":{"size":37705400,"repository":{"delta":896,"size":8230800}},"label":"%s",
                 "lsn":{"start":"0/FF000028","stop":"1/50"},"prior":%s,"timestamp":{"start":1795281017,"stop":1795281018},
                 "type":"%s"}""".formatted(annotation, label, prior, type);
    }

    @Test
    void readsWhatASetIs() throws Exception {
        BackupSet set = read(JSON).taken("tuesday").orElseThrow();

        assertThat(set.label()).isEqualTo("F_2I");
        assertThat(set.systemIdentifier()).isEqualTo("7710673245656424171");
        assertThat(set.serverVersion()).isEqualTo("15");
        assertThat(set.archiveId()).isEqualTo("15-2");
        assertThat(set.timeline()).isEqualTo(10);
        assertThat(set.stop()).isEqualTo(Lsn.parse("1/50"));
        assertThat(set.storedBytes()).isEqualTo(896);
        assertThat(read(JSON).systemIdentifier()).isEqualTo("7710673245656424171");
    }

    @Test
    void backupIsBasedOnTheNearestOneThatIsOurs() throws Exception {
        Repository repository = read(JSON);

        assertThat(repository.base(repository.set("F_2I").orElseThrow())).contains("monday");
        assertThat(repository.base(repository.set("F").orElseThrow())).isEmpty();
    }

    @Test
    void saysWhatPgBackRestSaysOfAStanzaThatIsNotThere() {
        assertThatThrownBy(
                        () -> read(
                                "[{\"backup\":[],\"name\":\"main\",\"status\":{\"code\":1,\"message\":\"missing stanza path\"}}]"))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("stanza \"main\" in repository 2")
                .hasMessageContaining("missing stanza path")
                .hasMessageContaining("stanza-create");
    }

    @Test
    void fullBackupIsDueInTheNightBeforeTheOldOneWouldBeTooOld() throws Exception {
        Rhythm weekly = new Rhythm(Duration.ofDays(7), BackupType.DIFF);
        Instant taken = Instant.ofEpochSecond(1_795_281_017);

        assertThat(weekly.next(read(JSON), taken.plus(Duration.ofDays(6)))).isEqualTo(BackupType.DIFF);
        assertThat(weekly.next(read(JSON), taken.plus(Duration.ofDays(7)).minusSeconds(90)))
                .isEqualTo(BackupType.FULL);
        assertThat(weekly.next(new Repository("1", "15-1", List.of()), taken)).isEqualTo(BackupType.FULL);
        assertThat(Rhythm.always(BackupType.FULL).next(read(JSON), taken)).isEqualTo(BackupType.FULL);
    }

    private static Repository read(String json) throws IOException {
        return Repository.read(STANZA, json.getBytes(StandardCharsets.UTF_8));
    }
}
