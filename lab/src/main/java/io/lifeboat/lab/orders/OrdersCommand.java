package io.lifeboat.lab.orders;

import com.fasterxml.jackson.core.JsonFactory;
import io.lifeboat.lab.LabState;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How to start a process of the orders service. It is started while its customers wait, so it gets a class path of the three
 * things it needs: searching the lab's two hundred would cost it 0.15 s of processor time.
 */
public final class OrdersCommand {

    private OrdersCommand() {}

    /**
     * A command line, without secrets.
     *
     * @param labFile the path of {@code lab.json}
     * @param deployment {@code orders-api} or {@code orders-fulfilment}
     */
    public static List<String> of(Path labFile, String region, String deployment) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-Xmx64m",
                "-cp",
                classPath(),
                OrdersMain.class.getName(),
                labFile.toString(),
                region,
                deployment);
    }

    private static String classPath() {
        return Stream.of(LabState.class, JsonFactory.class, driver())
                .map(OrdersCommand::source)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** By name, because naming it in code makes the compiler look for annotations the driver does not ship. */
    private static Class<?> driver() {
        try {
            return Class.forName("org.postgresql.Driver");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The PostgreSQL driver is not on the class path", e);
        }
    }

    private static String source(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Cannot tell where " + type + " was loaded from", e);
        }
    }
}
