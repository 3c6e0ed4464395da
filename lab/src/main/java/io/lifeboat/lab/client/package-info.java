/**
 * The judge of RTO and RPO: a customer who places orders without pause through the service's public name, asks again until
 * each is acknowledged, and writes down every acknowledgement. The RTO is the gap between two good answers on this
 * process's monotonic clock; the RPO is what the service, asked afterwards, no longer has of what it had acknowledged.
 */
@NullMarked
package io.lifeboat.lab.client;

import org.jspecify.annotations.NullMarked;
