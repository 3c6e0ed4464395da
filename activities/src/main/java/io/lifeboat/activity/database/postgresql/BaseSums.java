package io.lifeboat.activity.database.postgresql;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The CRC-32C of every file in a base backup's tar, made of the bytes that are unpacked, and compared with those that the server made of the
 * files it sent; they stand in the list at the tar's end. Takes some 150 bytes of memory a file.
 */
final class BaseSums implements TarReader.Entries {
    private static final int NAMED = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String id;
    private final TarReader reader = new TarReader(this);
    private final Map<String, Integer> sums = new HashMap<>();
    private final CRC32C sum = new CRC32C();
    private String name = "";

    /** @param id of the backup, for messages */
    BaseSums(String id) {
        this.id = id;
    }

    /** Some of the tar. */
    void add(byte[] bytes, int offset, int length) throws IOException {
        reader.read(bytes, offset, length);
    }

    @Override
    public void begin(String next) {
        name = next;
        sum.reset();
        sums.put(name, 0);
    }

    @Override
    public void content(byte[] bytes, int offset, int length, long left) {
        sum.update(bytes, offset, length);
        if (left == 0) {
            sums.put(name, (int) sum.getValue());
        }
    }

    /**
     * Refuses what is not in the list as it is in the tar. What is in the tar alone, such as the log, and whether the list is all there, is
     * {@code pg_verifybackup}'s to tell.
     *
     * @param list as the tar had it (PostgreSQL's documentation, "Backup Manifest Format")
     * @throws BackupException {@code CORRUPT}
     */
    void requireListed(Path list) throws IOException {
        List<String> faults = new ArrayList<>();
        try (InputStream bytes = Files.newInputStream(list);
                JsonParser parser = JSON.createParser(bytes)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals("Files")) {
                    parser.nextToken();
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        compare(JSON.readValue(parser, Listed.class), faults);
                    }
                }
            }
        } catch (NoSuchFileException | JsonProcessingException e) {
            faults.add("its list of files cannot be read");
        }
        if (!faults.isEmpty()) {
            throw new BackupException(
                    Kind.CORRUPT,
                    "The files of backup " + id + " are not what was copied: "
                            + String.join("; ", faults.subList(0, Math.min(NAMED, faults.size())))
                            + (faults.size() > NAMED ? "; and " + (faults.size() - NAMED) + " more" : "")
                            + ". Use its copy in the other region, or another backup.");
        }
    }

    private void compare(Listed file, List<String> faults) {
        Integer seen = sums.get(file.nameInTar());
        if (seen == null) {
            faults.add(file.nameInTar() + " is in its list and not in its tar");
        } else if (!"CRC32C".equals(file.algorithm())) {
            faults.add("its list has no CRC-32C of " + file.nameInTar());
        } else if (!hex(seen).equals(file.checksum())) {
            faults.add(file.nameInTar() + " has CRC-32C " + hex(seen) + ", and its list says " + file.checksum());
        }
    }

    /** The server writes its memory as it is, and its files are of use to its own kind of processor only. */
    private static String hex(int sum) {
        return HexFormat.of()
                .formatHex(ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putInt(sum)
                        .array());
    }

    /**
     * One file.
     *
     * @param path absent where it is not UTF-8
     * @param encodedPath its bytes in hexadecimal digits, where there is no path
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Listed(
            @JsonProperty("Path") @Nullable String path,
            @JsonProperty("Encoded-Path") @Nullable String encodedPath,
            @JsonProperty("Checksum-Algorithm") @Nullable String algorithm,
            @JsonProperty("Checksum") @Nullable String checksum) {

        String nameInTar() {
            byte[] name = path != null
                    ? path.getBytes(StandardCharsets.UTF_8)
                    : HexFormat.of().parseHex(encodedPath == null ? "" : encodedPath);
            return new String(name, StandardCharsets.ISO_8859_1);
        }
    }
}
