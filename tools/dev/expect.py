#!/usr/bin/env python3
# Reduces a result.json to the figures that a scenario's expect.yaml holds (JSON is YAML). Look at
# the differences before you commit a new one: they are what the change did to every figure.
# Usage: tools/dev/expect.py RESULT_FOLDER > scenarios/<estate>/expect.yaml
import json
import sys

with open(sys.argv[1] + "/result.json", encoding="utf-8") as file:
    result = json.load(file)


def rounded(value):
    return None if value is None else float(f"{value:.6g}")


options = []
for option in result["options"]:
    figures = {
        name: {"value": rounded(figure["value"]), "unit": figure["unit"]}
        for name, figure in option["figures"].items()
    }
    options.append({"name": option["name"], "figures": figures})
json.dump({"lifang": result["lifang"], "options": options}, sys.stdout, ensure_ascii=False, indent=1)
print()
