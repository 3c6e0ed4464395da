package io.lifeboat.lab.client;

import io.lifeboat.lab.LabState;
import io.lifeboat.lab.outside.PublicDns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/** Serves {@link FixedDns} where the lab's Route 53 would be. */
public final class FixedDnsProvider implements PublicDns.Provider {

    @Override
    public PublicDns serve(LabState lab) {
        try {
            return new FixedDns(
                    new InetSocketAddress(lab.outside().address(), lab.outside().dnsPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
