package io.lifeboat.worker;

import io.lifeboat.runbook.InvalidRunbookException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words, without a stack trace, that there is no catalog to read. */
final class CatalogFailureAnalyzer extends AbstractFailureAnalyzer<InvalidRunbookException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, InvalidRunbookException cause) {
        return new FailureAnalysis(
                "The worker cannot start without runbooks: " + cause.getMessage(),
                "Let lifeboat.runbooks (LIFEBOAT_RUNBOOKS) name a folder of runbooks or one runbook; `lifeboat lint`"
                        + " shows what is wrong in one.",
                cause);
    }
}
