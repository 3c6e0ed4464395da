package io.lifeboat.worker;

import io.lifeboat.activity.encryption.DatedKeys;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.encryption.KeptFormats;
import io.lifeboat.activity.encryption.KeyAge;
import io.lifeboat.activity.encryption.KeyAges;
import io.lifeboat.activity.encryption.age.AgeEncryption;
import io.lifeboat.activity.encryption.age.AgeKeyring;
import io.lifeboat.activity.encryption.kms.EscrowKey;
import io.lifeboat.activity.encryption.kms.KmsClients;
import io.lifeboat.activity.encryption.kms.KmsEncryption;
import io.lifeboat.activity.encryption.kms.KmsKey;
import io.lifeboat.activity.encryption.kms.KmsKeyAges;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.Setting;
import io.lifeboat.worker.WorkerProperties.Keys;
import io.lifeboat.worker.WorkerProperties.Sealing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of each data class as the worker's settings have them: which of them seal, and which still open. */
final class BackupKeys implements Function<String, Encryption> {
    private static final String ESCROW = "escrow";

    private final Map<String, Keys> classes;
    private final Settings settings;
    private final AgeKeyring age;
    private final Map<String, KmsEncryption> kms = new HashMap<>();

    /** @param faults takes everything that is wrong with the keys */
    BackupKeys(Map<String, Keys> keys, KmsClients clients, Settings settings, KeyFaults faults) {
        this.classes = new TreeMap<>(keys);
        this.settings = settings;
        this.age = new AgeKeyring(
                keys.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> age(e.getValue()))),
                settings);
        classes.forEach((name, own) -> {
            checkChoice(name, own, faults);
            checkAge(name, own, faults);
            checkDates(name, own, faults);
            kms(name, own, clients, faults).ifPresent(encryption -> kms.put(name, encryption));
        });
    }

    @Override
    public Encryption apply(String dataClass) {
        AgeEncryption withAge = age.apply(dataClass);
        Keys keys = classes.get(dataClass);
        KmsEncryption underKms = kms.get(dataClass);
        if (keys == null || underKms == null) {
            return withAge;
        }
        return sealing(keys) == Sealing.KMS
                ? new KeptFormats(underKms, List.of(withAge))
                : new KeptFormats(withAge, List.of(underKms));
    }

    /** The ages of each data class's keys: a KMS tells them, the others' owner has dated them or not. */
    Map<String, KeyAges> ages(KmsClients clients) {
        Map<String, KeyAges> ages = new HashMap<>();
        classes.forEach((name, keys) -> {
            DatedKeys dated = new DatedKeys(keys.since());
            ages.put(name, kms.containsKey(name) ? () -> both(kmsAges(keys, clients), dated) : dated);
        });
        return ages;
    }

    private static KmsKeyAges kmsAges(Keys keys, KmsClients clients) {
        return new KmsKeyAges(keys.kms().stream().map(KmsKey::new).toList(), clients);
    }

    private static List<KeyAge> both(KeyAges one, KeyAges other) {
        return Stream.of(one, other).flatMap(ages -> ages.read().stream()).toList();
    }

    private static void checkDates(String name, Keys keys, KeyFaults faults) {
        keys.since().keySet().stream()
                .filter(holder -> !keys.recipients().containsKey(holder) && !holder.equals(ESCROW))
                .sorted()
                .forEach(holder -> faults.add(
                        setting(name, "since." + holder),
                        "no key of it is here. Name one of recipients, or " + ESCROW + "."));
    }

    private static Sealing sealing(Keys keys) {
        return Optional.ofNullable(keys.sealWith()).orElse(keys.kms().isEmpty() ? Sealing.AGE : Sealing.KMS);
    }

    private static void checkChoice(String name, Keys keys, KeyFaults faults) {
        String setting = setting(name, "seal-with");
        boolean isEmpty = sealing(keys) == Sealing.KMS
                ? keys.kms().isEmpty()
                : keys.recipients().isEmpty();
        if (isEmpty) {
            faults.add(
                    setting,
                    "nothing can be sealed. Give kms (the ARN of a key in each region) with escrow, or recipients (an age"
                            + " public key for each holder), and let seal-with name the one that is there.");
        } else if (keys.sealWith() == null
                && !keys.kms().isEmpty()
                && !keys.recipients().isEmpty()) {
            faults.add(setting, "there are keys for both. Say with which new backups are sealed: kms or age.");
        }
    }

    private void checkAge(String name, Keys keys, KeyFaults faults) {
        boolean resolved = true;
        for (Map.Entry<String, String> recipient : new TreeMap<>(keys.recipients()).entrySet()) {
            resolved &= resolves(setting(name, "recipients." + recipient.getKey()), recipient.getValue(), faults);
        }
        for (int i = 0; i < keys.identities().size(); i++) {
            resolved &= resolves(
                    setting(name, "identities[" + i + "]"), keys.identities().get(i), faults);
        }
        if (resolved) {
            age.apply(name).faults().forEach(fault -> faults.add("keys." + name, fault + "."));
        }
    }

    private boolean resolves(String setting, String value, KeyFaults faults) {
        return faults.attempt(setting, () -> settings.resolve(new Setting(value)));
    }

    private Optional<KmsEncryption> kms(String name, Keys keys, KmsClients clients, KeyFaults faults) {
        List<KmsKey> arns = new ArrayList<>();
        for (int i = 0; i < keys.kms().size(); i++) {
            String arn = keys.kms().get(i);
            faults.attempt(setting(name, "kms[" + i + "]"), () -> arns.add(new KmsKey(arn)));
        }
        Optional<EscrowKey> escrow = escrow(name, keys, faults);
        if (arns.isEmpty() || arns.size() < keys.kms().size() || escrow.isEmpty()) {
            return Optional.empty();
        }
        List<KmsEncryption> made = new ArrayList<>();
        faults.attempt(setting(name, "kms"), () -> made.add(new KmsEncryption(name, arns, escrow.get(), clients)));
        return made.stream().findFirst();
    }

    private Optional<EscrowKey> escrow(String name, Keys keys, KeyFaults faults) {
        List<EscrowKey> read = new ArrayList<>();
        String pem = keys.escrow();
        if (pem != null) {
            faults.attempt(
                    setting(name, "escrow"), () -> read.add(EscrowKey.ofPublic(settings.resolve(new Setting(pem)))));
        } else if (!keys.kms().isEmpty()) {
            faults.add(
                    setting(name, "escrow"),
                    "it is missing. On the day on which no KMS is left, only the escrow opens: give the public half of an"
                            + " RSA key whose private half lies offline.");
        }
        return read.stream().findFirst();
    }

    private static String setting(String name, String rest) {
        return "keys." + name + "." + rest;
    }

    private static AgeKeyring.Keys age(Keys keys) {
        return new AgeKeyring.Keys(
                keys.recipients().entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> new Setting(e.getValue()))),
                keys.identities().stream().map(Setting::new).toList());
    }
}
