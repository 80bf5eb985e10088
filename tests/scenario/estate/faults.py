# SPDX-License-Identifier: MIT
# Copyright (c) the lifang authors
"""The self check of make_estate.py must find faults that are put in on purpose, one at a time."""
import copy
import json
import sys

sys.path.insert(0, sys.argv[1])
from estate import check, layout  # noqa: E402

with open(sys.argv[2], encoding="utf-8") as file:
    GOOD = json.load(file)


def faults(change):
    p = copy.deepcopy(GOOD)
    change(p)
    return check.faults(p, layout.plan(p))


def drop_road(features):
    left = [f for f in features if f["properties"].get("name") != "东门路"]
    return check.faults(GOOD, left)


CASES = {
    "a slab moved onto its neighbour": lambda p: p["slabs"][1].update(x=90),
    "a shed in the middle of the spine road": lambda p: p["sheds"].append([193, 60, 197, 64]),
    "a bay pushed into the road": lambda p: p["bays"][0].update({"from": [52, 47.0]}),
    "two bays on the same ground": lambda p: p["bays"][0].update({"from": [55, 80.3]}),
    "far too few stalls": lambda p: p["bays"].__delitem__(slice(4, None)),
    "a gate without a road": lambda p: p["gates"][0].update(at=[150, 0]),
    "rows too close": lambda p: p["rows_south_face_y_m"].__setitem__(1, 55),
}
failed = 0
if faults(lambda p: None):
    print("the plan itself has faults:", faults(lambda p: None)[:5])
    failed += 1
for name, change in CASES.items():
    found = faults(change)
    print("%-42s %d faults, e.g. %s" % (name, len(found), found[0] if found else "none"))
    failed += not found
found = drop_road(layout.plan(GOOD))
print("%-42s %d faults, e.g. %s" % ("the street cut off", len(found), found[0] if found else "none"))
failed += not any("not connected" in f or "no road node" in f for f in found)
sys.exit(1 if failed else 0)
