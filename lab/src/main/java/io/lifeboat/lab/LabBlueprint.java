package io.lifeboat.lab;

import io.lifeboat.lab.LabState.Credentials;
import io.lifeboat.lab.LabState.Outside;
import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.LabState.Temporal;
import io.lifeboat.lab.objectstore.LabObjectStore;
import io.lifeboat.lab.postgres.LabPostgres;
import io.lifeboat.lab.postgres.Passwords;
import io.lifeboat.lab.process.Ports;
import io.lifeboat.lab.temporal.LabTemporal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Decides which process of a new lab will listen where. */
record LabBlueprint(LabState state, int workerPort) {

    private static final List<String> REGIONS = List.of("us-east-1", "us-west-2");

    private static final int KUBERNETES = 6443;
    private static final int ORDERS = 8080;
    private static final int ROUTE53 = 8053;
    private static final int DNS = 5353;
    private static final int POWER = 8623;
    private static final int CLIENT = 8081;
    private static final int WORKER = 8090;

    /**
     * Nothing listens here: which port of {@link LabTemporal#ADDRESS}, which all labs share, is about to be taken by whom. A block's own
     * addresses need no such thing.
     */
    private static final String CLAIMS = "127.9.0.1";

    /** @param ports keeps what it claims until the lab's processes listen */
    static LabBlueprint draw(LabOptions options, LabFolder folder, LoopbackBlock block, Ports ports) {
        try {
            int temporal = port(ports, options.temporalPort(), "--temporal-port", LabTemporal.USUAL_PORT);
            int ui = port(ports, options.uiPort(), "--ui-port", LabTemporal.USUAL_UI_PORT);
            LabState state = new LabState(
                    options.name(),
                    folder.path().toString(),
                    options.kubernetes(),
                    outside(ports, block.outside()),
                    regions(ports, block),
                    new Temporal(
                            LabTemporal.ADDRESS + ":" + temporal,
                            "http://" + LabTemporal.ADDRESS + ":" + ui,
                            LabTemporal.NAMESPACE),
                    new Credentials(
                            "lifeboat",
                            Passwords.make(),
                            "LAB" + Passwords.make(),
                            Passwords.make(),
                            BackupKeyMaker.make(REGIONS)));
            return new LabBlueprint(state, ports.preferred(WORKER, LabTemporal.ADDRESS, CLAIMS));
        } finally {
            ports.releaseAllBut(CLAIMS);
        }
    }

    private static Outside outside(Ports ports, String address) {
        return new Outside(
                address,
                ports.preferred(ROUTE53, address),
                ports.preferred(DNS, address),
                ports.preferred(POWER, address),
                ports.preferred(CLIENT, address));
    }

    private static List<Region> regions(Ports ports, LoopbackBlock block) {
        int orders = ports.preferred(ORDERS, block.region(0), block.region(1));
        List<Region> regions = new ArrayList<>();
        for (int i = 0; i < REGIONS.size(); i++) {
            String address = block.region(i);
            regions.add(new Region(
                    REGIONS.get(i),
                    i == 0,
                    address,
                    ports.preferred(LabPostgres.USUAL_PORT, address),
                    LabObjectStore.choosePort(ports, address),
                    ports.preferred(KUBERNETES, address),
                    orders));
        }
        return regions;
    }

    private static int port(Ports ports, OptionalInt asked, String option, int usual) {
        return asked.isPresent()
                ? ports.required(asked.getAsInt(), option, LabTemporal.ADDRESS, CLAIMS)
                : ports.preferred(usual, LabTemporal.ADDRESS, CLAIMS);
    }
}
