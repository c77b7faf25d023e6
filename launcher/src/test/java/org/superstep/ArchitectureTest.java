package org.superstep;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;

/** Who may use whom: the table of modules, read off the classes. Only main classes are asked; tests may drive what is internal. */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("org.superstep");

    /** A module, and what of ours it may use beside itself. */
    @ParameterizedTest
    @CsvSource({
        "org.superstep.graph..,",
        "org.superstep.checkpoint..,",
        "org.superstep.hadoop..,",
        "org.superstep.net.., org.superstep.checkpoint..",
        "org.superstep.worker.., org.superstep.graph.. org.superstep.net.. org.superstep.checkpoint..",
        "org.superstep.master.., org.superstep.graph.. org.superstep.net.. org.superstep.checkpoint..",
        "org.superstep.algorithms.., org.superstep.graph..",
        "org.superstep.datasets.., org.superstep.graph..",
        "org.superstep.testkit.., org.superstep.graph.."})
    void aModuleUsesOfOursOnlyWhatTheTableAllows(String module, String others) {
        var allowed = new ArrayList<>(List.of(module));
        if (others != null) {
            allowed.addAll(List.of(others.split(" ")));
        }
        noClasses().that().resideInAPackage(module)
            .should().dependOnClassesThat(resideInAPackage("org.superstep..").and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
            .check(OURS);
    }

    /** The front door and the programs behind it pull in nothing but the JDK and fastutil. */
    @ParameterizedTest
    @CsvSource({"org.superstep.graph..", "org.superstep.algorithms..", "org.superstep.testkit.."})
    void whatAnAuthorSeesUsesNothingForeignButFastutil(String module) {
        classes().that().resideInAPackage(module)
            .should().onlyDependOnClassesThat(resideInAnyPackage("java..", "it.unimi.dsi.fastutil..", "org.superstep.."))
            .check(OURS);
    }

    /** So that nothing of it is loaded for who names no file of its. */
    @Test
    void hadoopIsUsedBehindPathsAlone() {
        noClasses().that().resideOutsideOfPackage("org.superstep.hadoop..")
            .should().dependOnClassesThat(resideInAnyPackage("org.apache.hadoop..", "org.superstep.hadoop..", "org.slf4j..")).check(OURS);
    }

    @Test
    void programsKeepOutOfTheInternals() {
        noClasses().that(assignableTo(Program.class).or(assignableTo(Phase.class))).and().resideOutsideOfPackage("org.superstep.graph..")
            .should().dependOnClassesThat(resideInAPackage("org.superstep.graph.internal..")).check(OURS);
    }

    @Test
    void algorithmsAndFormatsKeepOutOfTheInternals() {
        noClasses().that().resideInAnyPackage("org.superstep.algorithms..", "org.superstep.datasets..")
            .should().dependOnClassesThat(resideInAPackage("org.superstep.graph.internal..")).check(OURS);
    }

    @Test
    void nobodyButTheFacadeAndTheCommandLineUsesThem() {
        noClasses().that().resideInAnyPackage("org.superstep.graph..", "org.superstep.net..", "org.superstep.worker..",
                "org.superstep.master..", "org.superstep.algorithms..", "org.superstep.datasets..", "org.superstep.testkit..")
            .should().dependOnClassesThat(resideInAnyPackage("org.superstep", "org.superstep.cli..")).check(OURS);
    }

    @Test
    void nothingUsesJavaSerialization() {
        noClasses().should().dependOnClassesThat(assignableTo(ObjectInputStream.class)
            .or(assignableTo(ObjectOutputStream.class))).check(OURS);
    }
}
