package io.lifeboat.activity.encryption.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KmsKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "arn:aws-us-gov:kms:us-west-2:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
            })
    void knowsItsRegion(String arn) {
        assertThat(new KmsKey(arn).region()).isEqualTo("us-west-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234abcd-12ab-34cd-56ef-1234567890ab",
                "alias/backups",
                "arn:aws:kms:us-west-2:111122223333:alias/backups"
            })
    void isNeitherAnIdNorAnAlias(String text) {
        assertThatThrownBy(() -> new KmsKey(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(text, "arn:aws:kms:REGION:ACCOUNT:key/ID");
    }
}
