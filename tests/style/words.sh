#!/bin/sh
# The library never prints and never ends the process; every source names its licence; no unfinished
# words; no machine paths.
cd "$1" || exit 1
bad=0
show() { [ -z "$2" ] || { echo "$1"; echo "$2"; bad=1; }; }
sources() { find engine tools tests shaders \( -name '*.[ch]' -o -name '*.cpp' -o -name '*.glsl' \) | sort; }
show "printing or exiting inside the engine:" "$(grep -rnE '(^|[^a-z_])(printf|puts|putchar|exit|abort|_exit)\(' engine \
    --include='*.[ch]' --include='*.cpp' | grep -vE 'format\(printf|//|\.printf|ImGui')"
show "unfinished words:" "$(sources | xargs grep -nwE 'TODO|FIXME|XXX|HACK' | grep -v 'style/words.sh')"
show "no licence line:" "$(for f in $(sources); do head -2 "$f" | grep -q 'SPDX-License-Identifier: MIT' || echo "$f"; done)"
show "machine paths:" "$(grep -rnE '/(work|home|root)/' engine tools tests shaders scenarios README.md \
    --include='*.[chy]*' --include='*.md' --include='*.sh' | grep -vE 'style/words.sh')"
show "folders without README.md:" "$(for d in engine/*/; do ls "$d"*.c >/dev/null 2>&1 && [ ! -f "$d/README.md" ] &&
    case $d in engine/include/) ;; *) echo "$d" ;; esac; done)"
exit $bad
