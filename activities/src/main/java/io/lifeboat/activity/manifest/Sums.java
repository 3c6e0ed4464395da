package io.lifeboat.activity.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went through a stream, before compression ({@code plain}) and as it is stored ({@code sealed}).
 *
 * @param plainSha256 64 hexadecimal digits
 * @param sealedSha256 64 hexadecimal digits
 * @param sealedBeginnings SHA-256 of the first 16 MiB of what is stored, of the first 32 MiB, and so on, 64 hexadecimal digits each:
 *     with them nobody has to read everything to know that what was read so far is right. Not written where there are none.
 */
public record Sums(
        @JsonProperty long plainBytes,
        @JsonProperty String plainSha256,
        @JsonProperty long sealedBytes,
        @JsonProperty String sealedSha256,

        @JsonProperty @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> sealedBeginnings) {

    public Sums(
            long plainBytes,
            String plainSha256,
            long sealedBytes,
            String sealedSha256,
            @Nullable List<String> sealedBeginnings) {
        this.plainBytes = plainBytes;
        this.plainSha256 = plainSha256;
        this.sealedBytes = sealedBytes;
        this.sealedSha256 = sealedSha256;
        this.sealedBeginnings = sealedBeginnings == null ? List.of() : List.copyOf(sealedBeginnings);
    }
}
