package io.lifeboat.runbook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks what the parts of a runbook say of each other: names that must exist, names that must be unique, one entry a
 * region. It works on whatever is there, so that these problems show together with those of the schema.
 */
final class ReferenceCheck {
    private static final String RENAME = "Rename or remove one of them.";

    private final YamlNode root;
    private final Set<KeyPath> broken;
    private final List<Mistake> mistakes = new ArrayList<>();
    private final Map<String, String> regions = new LinkedHashMap<>();

    /** A problem whose place is still a path. */
    record Mistake(KeyPath path, String message, String hint) {}

    private ReferenceCheck(YamlNode root, Set<KeyPath> broken) {
        this.root = root;
        this.broken = broken;
    }

    /** @param broken values that are known to be wrong, and of which nothing follows */
    static List<Mistake> find(YamlNode root, Set<KeyPath> broken) {
        ReferenceCheck check = new ReferenceCheck(root, Set.copyOf(broken));
        check.regions();
        check.datastores();
        check.uniqueNames("workloads", List.of("kind", "namespace", "name"), RENAME);
        check.traffic();
        check.fence();
        check.uniqueNames("smokeTests", List.of("name"), RENAME);
        check.datastoreReferences("smokeTests");
        check.datastoreReferences("schedules");
        return check.mistakes;
    }

    private void regions() {
        KeyPath declared = KeyPath.ROOT.key("regions");
        for (String role : List.of("primary", "standby")) {
            text(declared.key(role)).ifPresent(name -> regions.put(role, name));
        }
        for (String role : List.copyOf(regions.keySet())) {
            misspelt(declared.key(role), regions.getOrDefault(role, "")).ifPresent(used -> regions.put(role, used));
        }
        if (regions.size() == 2 && !twoRegions()) {
            add(
                    KeyPath.parse("regions.standby"),
                    "the standby region is the primary region, " + Quoted.all(Set.copyOf(regions.values())),
                    "Name the region that takes over when the primary is lost.");
        }
    }

    /** A region that nothing is in, while all that should be there is in one other: the mistake is up here. */
    private Optional<String> misspelt(KeyPath declaration, String region) {
        List<String> strangers = new ArrayList<>(used());
        if (strangers.contains(region)) {
            return Optional.empty();
        }
        strangers.removeAll(regions.values());
        if (strangers.size() < 2 || Set.copyOf(strangers).size() > 1) {
            return Optional.empty();
        }
        String used = strangers.getFirst();
        add(
                declaration,
                "nothing of the runbook is in the region " + Quoted.text(region) + ", but " + strangers.size()
                        + " entries are in " + Quoted.text(used),
                "Write the same name in all places.");
        return Optional.of(used);
    }

    /** The region of every entry that has to be in one of the runbook's regions. */
    private List<String> used() {
        List<KeyPath> lists = new ArrayList<>(List.of(KeyPath.parse("traffic.endpoints")));
        forEach(KeyPath.ROOT.key("datastores"), (path, node) -> lists.add(path.key("instances")));
        forEach(KeyPath.ROOT.key("fence"), (path, node) -> lists.add(path.key("agents")));
        List<String> used = new ArrayList<>();
        lists.forEach(
                list -> forEach(list, (path, entry) -> text(path.key("region")).ifPresent(used::add)));
        return used;
    }

    private void datastores() {
        uniqueNames("datastores", List.of("name"), RENAME);
        forEach(KeyPath.ROOT.key("datastores"), (path, datastore) -> {
            KeyPath instances = path.key("instances");
            oneEachRegion(instances, "instance");
            // Without an instance in the standby region a backup may still do: that is for lint to judge.
            missing(instances, "primary", "instance");
        });
    }

    private void traffic() {
        KeyPath traffic = KeyPath.ROOT.key("traffic");
        oneEachRegion(traffic.key("endpoints"), "endpoint");
        missing(traffic.key("endpoints"), "primary", "endpoint");
        missing(traffic.key("endpoints"), "standby", "endpoint");
        Optional<String> zone = text(traffic.key("zone"));
        Optional<String> name = text(traffic.key("record"));
        if (zone.isPresent() && name.isPresent() && !("." + name.get()).endsWith("." + zone.get())) {
            add(
                    traffic.key("record"),
                    Quoted.text(name.get()) + " is not in the zone " + Quoted.text(zone.get()),
                    "Write a name that ends with ." + zone.get() + ", or correct the zone.");
        }
    }

    private void fence() {
        uniqueNames("fence", List.of("driver"), "Remove one of them.");
        forEach(KeyPath.ROOT.key("fence"), (path, driver) -> oneEachRegion(path.key("agents"), "agent"));
    }

    private void datastoreReferences(String list) {
        datastoreNames()
                .ifPresent(names -> forEach(
                        KeyPath.ROOT.key(list),
                        (path, entry) -> entry.child("datastore")
                                .flatMap(YamlNode::text)
                                .filter(name -> !names.contains(name))
                                .ifPresent(name -> add(
                                        path.key("datastore"),
                                        "the runbook has no datastore " + Quoted.text(name),
                                        names.isEmpty()
                                                ? "Add it under datastores."
                                                : NearestWord.hint(name, names, "Its datastores:")))));
    }

    /** All of them, or nothing when one cannot be read: then it cannot be said that one is not there. */
    private Optional<Set<String>> datastoreNames() {
        KeyPath datastores = KeyPath.ROOT.key("datastores");
        Set<Optional<String>> names = new LinkedHashSet<>();
        forEach(datastores, (path, node) -> names.add(text(path.key("name"))));
        boolean listed =
                node(datastores).filter(YamlNode.Sequence.class::isInstance).isPresent();
        return listed && !names.contains(Optional.<String>empty())
                ? Optional.of(names.stream().flatMap(Optional::stream).collect(Collectors.toSet()))
                : Optional.empty();
    }

    /** Entries that name a region: a region of the runbook, and each only once. */
    private void oneEachRegion(KeyPath list, String noun) {
        Map<String, KeyPath> seen = new LinkedHashMap<>();
        forEach(
                list,
                (path, entry) -> entry.child("region").flatMap(YamlNode::text).ifPresent(region -> {
                    KeyPath place = path.key("region");
                    KeyPath first = seen.putIfAbsent(region, path);
                    if (twoRegions() && !regions.containsValue(region)) {
                        add(
                                place,
                                "the runbook has no region " + Quoted.text(region),
                                NearestWord.hint(region, regions.values(), "Its regions:"));
                    } else if (first != null) {
                        add(
                                place,
                                "a second " + noun + " in region " + Quoted.text(region) + ", the first is " + first,
                                "Keep one " + noun + " a region.");
                    }
                }));
    }

    /** A region without its entry. A misspelt or missing region elsewhere in the list already says why. */
    private void missing(KeyPath list, String role, String noun) {
        String region = regions.get(role);
        Optional<YamlNode> entries = node(list).filter(YamlNode.Sequence.class::isInstance);
        if (region == null || entries.isEmpty() || !twoRegions()) {
            return;
        }
        List<Optional<String>> named = entries.get().children().stream()
                .map(e -> e.child("region").flatMap(YamlNode::text))
                .toList();
        boolean explained = named.stream().anyMatch(r -> r.isEmpty() || !regions.containsValue(r.get()))
                || Set.copyOf(named).size() < named.size();
        if (!explained && !named.contains(Optional.of(region))) {
            add(
                    list,
                    Quoted.text(list.toString()) + " has no " + noun + " in the " + role + " region "
                            + Quoted.text(region),
                    "Add one.");
        }
    }

    /** Only then can it be said that some other region is none of the runbook's. */
    private boolean twoRegions() {
        return Set.copyOf(regions.values()).size() == 2;
    }

    private void uniqueNames(String list, List<String> parts, String hint) {
        Map<List<String>, KeyPath> seen = new LinkedHashMap<>();
        forEach(KeyPath.ROOT.key(list), (path, entry) -> {
            List<String> name = parts.stream()
                    .map(part -> entry.child(part).flatMap(YamlNode::text).orElse(""))
                    .toList();
            KeyPath first = name.contains("") ? null : seen.putIfAbsent(name, path);
            if (first != null) {
                String last = parts.getLast();
                add(
                        path.key(last),
                        last + " " + Quoted.text(name.getLast()) + " is used twice, first by " + first,
                        hint);
            }
        });
    }

    private interface Visitor {
        void visit(KeyPath path, YamlNode node);
    }

    private void forEach(KeyPath list, Visitor visitor) {
        List<YamlNode> items = node(list).map(YamlNode::children).orElse(List.of());
        for (int i = 0; i < items.size(); i++) {
            visitor.visit(list.item(i), items.get(i));
        }
    }

    private Optional<YamlNode> node(KeyPath path) {
        return new Positions(root).node(path);
    }

    private Optional<String> text(KeyPath path) {
        return broken.contains(path) ? Optional.empty() : node(path).flatMap(YamlNode::text);
    }

    private void add(KeyPath path, String message, String hint) {
        mistakes.add(new Mistake(path, message, hint));
    }
}
