package io.lifeboat.workflow.run;

import java.util.Optional;

/**
 * Who asked for which run, and why.
 *
 * @param procedure workflow type
 * @param mode variant of the procedure, one word
 * @param service as asked for; empty where the request named none
 * @param incident id of the incident in the team's own tool
 */
public record RunOrigin(
        String procedure, String mode, String service, Optional<String> incident, String reason, String requestedBy) {}
