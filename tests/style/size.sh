#!/bin/sh
# Files up to 800 lines, functions up to 100, lines up to 100 columns (characters, not bytes).
cd "$1" || exit 1
find engine tools tests shaders -name '*.[ch]' -o -name '*.cpp' -o -name '*.glsl' | sort | xargs awk '
    FNR == 1 { start = 0; header = 0 }
    { line = $0; gsub(/[\200-\277]/, "", line) }
    length(line) > 100 && line !~ /https?:/ { print FILENAME ":" FNR ": " length(line) " columns"; bad = 1 }
    FNR == 801 { print FILENAME ": more than 800 lines"; bad = 1 }
    /^[a-zA-Z].*\) \{$/ || /^    .*\) \{$/ && header { start = FNR; header = 0 }
    /^[a-zA-Z_].*[,(]$/ { header = 1 }
    /^}/ { if (start && FNR - start + 1 > 100) { print FILENAME ":" start ": a function of " FNR - start + 1 " lines"; bad = 1 }
           start = 0; header = 0 }
    END { exit bad }'
