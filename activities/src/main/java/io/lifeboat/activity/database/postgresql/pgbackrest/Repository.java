package io.lifeboat.activity.database.postgresql.pgbackrest;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.Lsn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a repository holds of a stanza, in the words of {@code pgbackrest info --output=json}; its text is subject to change, its JSON is not.
 *
 * @param systemIdentifier of the cluster that the stanza is of now
 * @param archiveId where that cluster's log is archived
 * @param sets oldest first
 */
record Repository(String systemIdentifier, String archiveId, List<BackupSet> sets) {
    /** The annotation by which a backup of ours is found again. */
    static final String ANNOTATION = "lifeboat";

    /** What it quotes of a file that it cannot decrypt stands in its JSON as it is. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .build();

    private static final int OK = 0;
    private static final int NO_BACKUP_YET = 2;

    Repository {
        sets = List.copyOf(sets);
    }

    static Repository read(Stanza stanza, byte[] json) throws IOException {
        // Decoded first, because those quotes are no UTF-8 either.
        JsonNode answer =
                JSON.readTree(new String(json, StandardCharsets.UTF_8)).path(0);
        JsonNode status = answer.path("repo").path(0).path("status");
        int code = status.path("code").asInt(answer.path("status").path("code").asInt(-1));
        if (code != OK && code != NO_BACKUP_YET) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Cannot read " + stanza + ": pgBackRest says \""
                            + status.path("message")
                                    .asText(answer.path("status")
                                            .path("message")
                                            .asText("nothing"))
                            + "\". Where the stanza is missing, create it with `pgbackrest stanza-create`; where a file has no"
                            + " readable form, the passphrase is another than the repository's, or the file is damaged.");
        }
        List<BackupSet> sets = new ArrayList<>();
        answer.path("backup").forEach(set -> sets.add(set(answer, set)));
        JsonNode clusters = answer.path("db");
        JsonNode now = clusters.path(clusters.size() - 1);
        return new Repository(
                now.path("system-id").asText(),
                with(answer.path("archive"), now.path("id").asInt(), "/database/id")
                        .path("id")
                        .asText(),
                sets);
    }

    private static BackupSet set(JsonNode answer, JsonNode set) {
        int cluster = set.path("database").path("id").asInt();
        JsonNode system = with(answer.path("db"), cluster, "/id");
        return new BackupSet(
                set.path("label").asText(),
                BackupType.of(set.path("type").asText()),
                Optional.ofNullable(set.path("prior").textValue()),
                Optional.ofNullable(set.path("annotation").path(ANNOTATION).textValue()),
                system.path("system-id").asText(),
                system.path("version").asText(),
                with(answer.path("archive"), cluster, "/database/id").path("id").asText(),
                Long.parseLong(set.path("archive").path("stop").asText(), 0, 8, 16),
                Lsn.parse(set.path("lsn").path("start").asText()),
                Lsn.parse(set.path("lsn").path("stop").asText()),
                Instant.ofEpochSecond(set.path("timestamp").path("start").asLong()),
                Instant.ofEpochSecond(set.path("timestamp").path("stop").asLong()),
                set.path("info").path("size").asLong(),
                set.path("info").path("repository").path("delta").asLong(),
                set.path("error").asBoolean());
    }

    /** The one of a list that is of a cluster: a stanza gets another after each major upgrade. */
    private static JsonNode with(JsonNode list, int cluster, String number) {
        for (JsonNode candidate : list) {
            if (candidate.at(number).asInt() == cluster) {
                return candidate;
            }
        }
        return JSON.missingNode();
    }

    Optional<BackupSet> set(String label) {
        return sets.stream().filter(set -> set.label().equals(label)).findFirst();
    }

    /** The set that was taken as a backup of ours. */
    Optional<BackupSet> taken(String id) {
        return sets.stream()
                .filter(set -> set.id().filter(id::equals).isPresent())
                .findFirst();
    }

    /** How many full ones there are. */
    long full() {
        return sets.stream().filter(set -> set.type() == BackupType.FULL).count();
    }

    /** The newest backup of ours that a set cannot be restored without; one that somebody else has taken is not ours to keep. */
    Optional<String> base(BackupSet set) {
        Optional<BackupSet> link = set.prior().flatMap(this::set);
        while (link.isPresent() && link.get().id().isEmpty()) {
            link = link.get().prior().flatMap(this::set);
        }
        return link.flatMap(BackupSet::id);
    }
}
