package io.lifeboat.lab.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublicNameIT {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10);
    private FixedDns dns;
    private PublicName name;

    @BeforeEach
    void startDns() throws IOException {
        dns = new FixedDns();
        name = new PublicName("orders.lifeboat.test", dns.address(), clock::get);
    }

    @AfterEach
    void stopDns() {
        dns.close();
    }

    @Test
    void keepsAnAnswerForItsTimeToLiveAndNoLonger() throws IOException {
        dns.pointTo("127.0.0.2", Duration.ofSeconds(1));
        assertThat(name.address().getHostAddress()).isEqualTo("127.0.0.2");

        dns.pointTo("127.0.0.3", Duration.ofSeconds(1));
        clock.addAndGet(Duration.ofSeconds(1).toNanos() - 1);
        assertThat(name.address().getHostAddress()).isEqualTo("127.0.0.2");
        assertThat(dns.questions()).isEqualTo(1);

        clock.addAndGet(1);
        assertThat(name.address().getHostAddress()).isEqualTo("127.0.0.3");
        assertThat(dns.questions()).isEqualTo(2);
    }

    @Test
    void asksEachTimeWhenTheTimeToLiveIsZero() throws IOException {
        dns.pointTo("127.0.0.2", Duration.ZERO);

        name.address();
        name.address();

        assertThat(dns.questions()).isEqualTo(2);
    }

    @Test
    void doesNotUseAnExpiredAnswerWhenThereIsNoNewOne() throws IOException {
        dns.pointTo("127.0.0.2", Duration.ofSeconds(1));
        name.address();
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        dns.forgetAll();

        assertThatThrownBy(name::address)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("orders.lifeboat.test")
                .hasMessageContaining("NOERROR without an address");
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswer() {
        dns.close();

        assertThatThrownBy(name::address).isInstanceOf(IOException.class);
    }
}
