package io.lifeboat.activity.site;

import io.lifeboat.runbook.Setting;
import io.lifeboat.workflow.FailureType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Resolves settings at the moment of use; a resolved value is never logged, returned to Temporal or put in a message. */
public final class Settings {
    private final UnaryOperator<@Nullable String> environment;

    /** @param environment looks up a variable, null where there is none */
    public Settings(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    /** The process's own environment. */
    public static Settings ofProcess() {
        return new Settings(System::getenv);
    }

    /** The value behind a setting, without surrounding white space; {@code PRECONDITION_FAILED} where a reference leads nowhere. */
    public String resolve(Setting setting) {
        String text = setting.text();
        if (text.startsWith("env:")) {
            String value = environment.apply(text.substring("env:".length()));
            if (value == null) {
                throw FailureType.PRECONDITION_FAILED.failure("Cannot resolve \"" + text
                        + "\": the worker's environment has no such variable. Set it and restart the worker.");
            }
            return value.strip();
        }
        if (text.startsWith("file:")) {
            try {
                return Files.readString(Path.of(text.substring("file:".length())))
                        .strip();
            } catch (IOException e) {
                throw FailureType.PRECONDITION_FAILED.failure(
                        "Cannot resolve \"" + text + "\": the worker cannot read that file. Put it there.", e);
            }
        }
        return text;
    }
}
