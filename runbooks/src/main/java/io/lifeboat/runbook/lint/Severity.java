package io.lifeboat.runbook.lint;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much a finding matters. */
public enum Severity {
    /** The recovery cannot work as promised. */
    @JsonProperty("error")
    ERROR,
    /** The recovery can work, but something around it will not. */
    @JsonProperty("warning")
    WARNING
}
