package io.lifeboat.activity.encryption.age;

import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.Setting;
import io.lifeboat.workflow.FailureType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The age keys of each data class; secret ones are resolved at the moment of use. */
public final class AgeKeyring implements Function<String, AgeEncryption> {
    private final Map<String, Keys> classes;
    private final Settings settings;

    /**
     * @param recipients public key of each holder
     * @param identities secret keys this worker opens with; empty for one that only seals
     */
    public record Keys(Map<String, Setting> recipients, List<Setting> identities) {
        public Keys {
            recipients = Map.copyOf(recipients);
            identities = List.copyOf(identities);
        }
    }

    public AgeKeyring(Map<String, Keys> classes, Settings settings) {
        this.classes = Map.copyOf(classes);
        this.settings = settings;
    }

    @Override
    public AgeEncryption apply(String dataClass) {
        Keys keys = classes.get(dataClass);
        if (keys == null) {
            throw FailureType.PRECONDITION_FAILED.failure("Cannot seal or open backups of data class \"" + dataClass
                    + "\": this worker has keys for " + new TreeMap<>(classes).keySet()
                    + ". Add lifeboat.backups.keys." + dataClass + " to its configuration, or correct `dataClass` in"
                    + " the runbook.");
        }
        Map<String, String> recipients = new TreeMap<>();
        keys.recipients().forEach((holder, recipient) -> recipients.put(holder, settings.resolve(recipient)));
        return new AgeEncryption(
                recipients, keys.identities().stream().map(settings::resolve).toList());
    }
}
