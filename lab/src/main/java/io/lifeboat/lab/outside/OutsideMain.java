package io.lifeboat.lab.outside;

import io.lifeboat.lab.LabState;
import io.lifeboat.lab.http.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The process of everything outside both regions; runs until it is stopped. */
public final class OutsideMain {

    private static final String NO_CLIENT = "--no-client";
    private static final int ORDERS_PER_SECOND = 50;

    private OutsideMain() {}

    /** Takes the path of {@code lab.json} and, for a lab without load, {@code --no-client}. */
    public static void main(String... args) throws IOException, InterruptedException {
        List<String> arguments = List.of(args);
        boolean withClient = !arguments.contains(NO_CLIENT);
        if (arguments.size() != (withClient ? 1 : 2)) {
            throw new IllegalArgumentException("usage: OutsideMain LAB.JSON [" + NO_CLIENT + "]");
        }
        // The DNS library logs each message to whichever logging library it finds first; here none is wanted.
        System.setProperty("slf4j.provider", "org.slf4j.nop.NOPServiceProvider");
        LabState lab = Json.read(Path.of(arguments.get(0)), LabState.class);
        Outside outside = Outside.start(lab, OutsideDns.serve(lab), withClient ? ORDERS_PER_SECOND : 0);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(outside::close));
        System.out.println(Instant.now() + " outside of lab " + lab.name() + " ready on "
                + lab.outside().address());
        Thread.currentThread().join();
    }
}
