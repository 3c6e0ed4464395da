package io.lifeboat.worker;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.temporal.activity.ActivityInterface;
import io.temporal.common.metadata.POJOActivityInterfaceMetadata;
import io.temporal.common.metadata.POJOActivityMethodMetadata;
import io.temporal.common.metadata.POJOWorkflowInterfaceMetadata;
import io.temporal.common.metadata.POJOWorkflowMethodMetadata;
import io.temporal.common.metadata.WorkflowMethodType;
import io.temporal.workflow.WorkflowInterface;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.stream.Stream;

/** The names the code has on the wire, found by its annotations and not by a list that someone has to remember. */
final class WireNames {
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.lifeboat.workflow");

    private WireNames() {}

    static List<String> workflowTypes() {
        return workflowInterfaces()
                .flatMap(type -> type.getWorkflowType().stream())
                .sorted()
                .toList();
    }

    /** Each with its workflow's type before it. */
    static List<String> handlers(WorkflowMethodType kind) {
        return workflowInterfaces()
                .flatMap(type -> type.getMethodsMetadata().stream()
                        .filter(method -> method.getType() == kind)
                        .map(POJOWorkflowMethodMetadata::getName)
                        .map(name -> type.getWorkflowType().orElseThrow() + " " + name))
                .sorted()
                .toList();
    }

    static List<String> activityTypes() {
        return annotated(ActivityInterface.class)
                .map(POJOActivityInterfaceMetadata::newInstance)
                .flatMap(type -> type.getMethodsMetadata().stream())
                .map(POJOActivityMethodMetadata::getActivityTypeName)
                .sorted()
                .toList();
    }

    private static Stream<POJOWorkflowInterfaceMetadata> workflowInterfaces() {
        return annotated(WorkflowInterface.class).map(POJOWorkflowInterfaceMetadata::newInstance);
    }

    private static Stream<Class<?>> annotated(Class<? extends Annotation> annotation) {
        return CODE.stream().filter(type -> type.isAnnotatedWith(annotation)).map(JavaClass::reflect);
    }
}
