package io.lifeboat.activity.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What went through a stream, before compression ({@code plain}) and as it is stored ({@code sealed}).
 *
 * @param plainSha256 64 hexadecimal digits
 * @param sealedSha256 64 hexadecimal digits
 */
public record Sums(
        @JsonProperty long plainBytes,
        @JsonProperty String plainSha256,
        @JsonProperty long sealedBytes,
        @JsonProperty String sealedSha256) {}
