/**
 * Sealing in the format of the AWS Encryption SDK, under a KMS key in each region and an offline RSA key for the escrow. Any one of
 * them opens: docs/decisions/0010 says what happens when a region's KMS is gone.
 */
@NullMarked
package io.lifeboat.activity.encryption.kms;

import org.jspecify.annotations.NullMarked;
