package io.lifeboat.worker;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words, without a stack trace, everything that is wrong with the keys of the backups. */
final class KeysFailureAnalyzer extends AbstractFailureAnalyzer<InvalidKeysException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, InvalidKeysException cause) {
        return new FailureAnalysis(
                "The worker cannot start, because the keys of its backups cannot be used:\n" + cause.getMessage(),
                "Correct these settings; deploy/worker.yaml shows how keys are made and written down.",
                cause);
    }
}
