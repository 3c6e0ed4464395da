package io.lifeboat.lab;

/**
 * One part of a lab that is up.
 *
 * @param place the region it runs in, or {@code outside}
 * @param folder its folder within its place, by which its processes are found
 * @param name the product's name
 * @param real whether it is the product itself, and not a stand-in of the lab's
 * @param address {@code host:port}
 * @param seconds how long it took to be ready
 */
public record Part(
        String place, String folder, String name, String version, boolean real, String address, double seconds) {

    static Part product(String place, String folder, String name, String version, String address, int port) {
        return new Part(place, folder, name, version, true, address + ":" + port, 0);
    }

    static Part standIn(String place, String folder, String name, String address, int port) {
        return new Part(place, folder, name, "of this lab", false, address + ":" + port, 0);
    }

    Part readyAfter(double measured) {
        return new Part(place, folder, name, version, real, address, measured);
    }
}
