package io.lifeboat.worker;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.LoggerFactory;

/** What the guide in CONTRIBUTING.md says of the whole code and a compiler does not check. */
@Order(1) // among the longest
class ArchitectureTest {
    private static final String RUNBOOKS = "io.lifeboat.runbook..";
    private static final String WORKFLOWS = "io.lifeboat.workflow..";
    private static final String ACTIVITIES = "io.lifeboat.activity..";
    private static final String WORKER = "io.lifeboat.worker..";

    /** Everything whose answer may differ when a history is replayed, in another process, next year. */
    private static final Set<String> DIFFERS_ON_REPLAY = Set.of(
            "java.lang.Math.random",
            "java.lang.System.getProperties",
            "java.lang.System.getProperty",
            "java.lang.System.getenv",
            "java.util.Collections.shuffle",
            "java.util.UUID.randomUUID",
            // Their order of iteration changes from process to process.
            "java.util.Map.copyOf",
            "java.util.Map.of",
            "java.util.Map.ofEntries",
            "java.util.Set.copyOf",
            "java.util.Set.of",
            "java.util.stream.Collectors.toUnmodifiableMap",
            "java.util.stream.Collectors.toUnmodifiableSet");

    static final ArchRule LAYERS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("runbooks")
            .definedBy(RUNBOOKS)
            .layer("workflows")
            .definedBy(WORKFLOWS)
            .layer("activities")
            .definedBy(ACTIVITIES)
            .layer("worker")
            .definedBy(WORKER)
            .whereLayer("runbooks")
            .mayNotAccessAnyLayer()
            .whereLayer("workflows")
            .mayOnlyAccessLayers("runbooks")
            .whereLayer("activities")
            .mayOnlyAccessLayers("runbooks", "workflows")
            .whereLayer("worker")
            .mayNotBeAccessedByAnyLayer();

    static final ArchRule WORKFLOWS_ASK_NOTHING_THAT_DIFFERS_ON_REPLAY = noClasses()
            .that()
            .resideInAPackage(WORKFLOWS)
            .should()
            .accessTargetWhere(describe("its answer differs on replay", ArchitectureTest::differsOnReplay));

    static final ArchRule RUNBOOKS_READ_NO_CLOCK = noClasses()
            .that()
            .resideInAPackage(RUNBOOKS)
            .should()
            .accessTargetWhere(describe("it reads a clock", ArchitectureTest::readsClock));

    static final ArchRule WORKFLOWS_TOUCH_NEITHER_THREADS_NOR_THE_WORLD = noClasses()
            .that()
            .resideInAPackage(WORKFLOWS)
            .should()
            .dependOnClassesThat(threadsOrTheWorld())
            .because("the SDK runs workflow code again and again; use Workflow and activities instead");

    static final ArchRule WORKFLOWS_LOG_THROUGH_THE_SDK = noClasses()
            .that()
            .resideInAPackage(WORKFLOWS)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(LoggerFactory.class)
            .because("only the logger of Workflow.getLogger is silent on replay");

    static final ArchRule VENDORS_DO_NOT_KNOW_EACH_OTHER =
            slices().matching("io.lifeboat.activity.*.(*)").should().notDependOnEachOther();

    static final ArchRule AWS_STAYS_IN_ITS_PACKAGES = staysIn(
            "software.amazon..",
            "io.lifeboat.activity.storage.s3",
            "io.lifeboat.activity.dns.route53",
            "io.lifeboat.activity.encryption.kms");

    static final ArchRule AWS_ENCRYPTION_STAYS_IN_ITS_PACKAGE =
            staysIn("com.amazonaws..", "io.lifeboat.activity.encryption.kms");

    static final ArchRule KUBERNETES_STAYS_IN_ITS_PACKAGE =
            staysIn("io.fabric8..", "io.lifeboat.activity.kubernetes.fabric8");

    static final ArchRule POSTGRESQL_STAYS_IN_ITS_PACKAGE =
            staysIn("org.postgresql..", "io.lifeboat.activity.database.postgresql");

    static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = classes().should(liveInANullMarkedPackage());

    static final ArchRule NAMES_SAY_SOMETHING = noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helper|Manager|Base|Info)")
            .because("such a name fits any class; see the glossary");

    static final ArchRule NO_FIELD_INJECTION = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    static final ArchRule NO_STANDARD_STREAMS = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    static final ArchRule NO_GENERIC_EXCEPTIONS = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    /** One test for each rule above. */
    @TestFactory
    Stream<DynamicTest> rules() {
        JavaClasses code = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.lifeboat");
        return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
                .filter(field -> field.getType() == ArchRule.class)
                .map(rule -> dynamicTest(rule.getName(), () -> ((ArchRule) rule.get(null)).check(code)));
    }

    private static boolean differsOnReplay(JavaAccess<?> access) {
        String target = access.getTargetOwner().getName() + "." + access.getName();
        return readsClock(access) || DIFFERS_ON_REPLAY.contains(target);
    }

    private static boolean readsClock(JavaAccess<?> access) {
        String name = access.getName();
        return switch (access.getTargetOwner().getPackageName()) {
            case "java.time" -> name.equals("now") || name.startsWith("system");
            case "java.lang" -> name.equals("currentTimeMillis") || name.equals("nanoTime");
            default -> false;
        };
    }

    private static DescribedPredicate<JavaClass> threadsOrTheWorld() {
        return resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio",
                        "java.nio.channels..",
                        "java.nio.file..",
                        "java.sql..",
                        "java.util.concurrent..")
                .or(nameMatching("java\\.lang\\.(Thread|ThreadLocal|Process|ProcessBuilder|Runtime)"))
                .or(assignableTo(Random.class))
                .or(nameMatching("java\\.util\\.(SplittableRandom|Timer|TimerTask)"))
                .and(not(type(Serial.class)))
                .and(not(type(Serializable.class)))
                .as("are threads, locks, random numbers, files, sockets or processes");
    }

    private static ArchRule staysIn(String library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because("a vendor's types never leave the package that wraps them");
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package marked @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type, marked, type.getName() + ": its package has no package-info.java with @NullMarked"));
            }
        };
    }
}
