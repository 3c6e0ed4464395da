package io.lifeboat.activity.restore;

import io.lifeboat.activity.database.DatabaseEngine;
import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.workflow.restore.RecoveryReceipt.Check;
import java.time.Duration;
import java.util.Optional;

/** An SQL smoke test, asked of a copy that nobody uses yet. */
final class SqlCheck {
    private static final Duration QUESTION = Duration.ofSeconds(30);

    private SqlCheck() {}

    /** What it answered; a question that could not be asked has not passed. */
    static Check ask(DatabaseEngine engine, DatabaseInstance copy, SmokeTest.Sql test) {
        try {
            Optional<String> answer = engine.scalar(copy, test.query(), QUESTION);
            boolean passed = answer.filter(test.expect()::equals).isPresent();
            String seen = answer.map(a -> "answered \"" + a + "\"").orElse("answered nothing");
            return new Check(test.name(), passed, passed ? seen : seen + ", expected \"" + test.expect() + "\"");
        } catch (DatabaseException e) {
            return new Check(test.name(), false, e.getMessage());
        }
    }
}
