"""Turns results.csv of bench/failover into the Markdown table of bench/README.md."""

import statistics
import sys

runs = {"script": [], "lifeboat": []}
failed = {"script": 0, "lifeboat": 0}
whole_pairs = []
pending = None
for line in open(sys.argv[1]):
    who, outage, *rest = line.strip().split(",")
    seconds = None if outage == "failed" else float(outage)
    if who == "script":
        pending = seconds
    elif pending is not None and seconds is not None:
        whole_pairs.append(seconds / pending)
    if seconds is None:
        failed[who] += 1
        continue
    lost, *steps = rest
    runs[who].append((float(outage), int(lost), {k: float(v) for k, v in (s.split("=") for s in steps)}))

print("| Recovered by | recovered | failed | client without service, median | min | max | orders lost, total |")
print("|---|---|---|---|---|---|---|")
medians = {}
for who, results in runs.items():
    outages = [r[0] for r in results]
    medians[who] = statistics.median(outages)
    print(f"| {who} | {len(outages)} | {failed[who]} | {medians[who]:.2f} s | {min(outages):.2f} s | {max(outages):.2f} s | {sum(r[1] for r in results)} |")
ratio = medians["lifeboat"] / medians["script"]
pairs = sorted(whole_pairs)
print(f"\nRatio of the medians {ratio:.2f}, difference {medians['lifeboat'] - medians['script']:.2f} s; ratio over {len(pairs)} whole pairs: median {statistics.median(pairs):.2f}, {pairs[0]:.2f} to {pairs[-1]:.2f}.\n")
print("| Lifeboat's step | median seconds | the script's | median seconds |")
print("|---|---|---|---|")
twin = {"Assess": "assess", "Fence": "fence", "Promote": "promote", "Scale up": "scale", "Verify": "verify", "Move traffic": "traffic"}
for step in runs["lifeboat"][0][2]:
    mine = statistics.median(r[2][step] for r in runs["lifeboat"])
    other = twin.get(step)
    theirs = f"{statistics.median(r[2][other] for r in runs['script']):.2f}" if other else ""
    print(f"| {step} | {mine:.2f} | {other or ''} | {theirs} |")
