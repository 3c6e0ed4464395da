/** Sealing in the format of age (age-encryption.org/v1), for installations without a key management service. */
@NullMarked
package io.lifeboat.activity.encryption.age;

import org.jspecify.annotations.NullMarked;
