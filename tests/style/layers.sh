#!/bin/sh
# Includes go downward only (engine/LAYERS), and each library has one home (DESIGN, section 3).
cd "$1" || exit 1
bad=0
say() { echo "$1"; bad=1; }
for folder in $(sed -n 's/^\([a-z]*\):.*/\1/p' engine/LAYERS); do
    allowed=" $folder lifang $(sed -n "s/^$folder://p" engine/LAYERS) "
    for file in $(find "engine/$folder" -name '*.[ch]' -o -name '*.cpp' -path "engine/$folder/*"); do
        for include in $(sed -n 's/^ *# *include "\([a-z_]*\)\/.*/\1/p' "$file" | sort -u); do
            case "$allowed" in *" $include "*) continue ;; esac
            [ "$include" = shaders ] || [ "$include" = kernel ] && continue
            say "$file includes $include/, which engine/LAYERS does not allow for $folder"
        done
    done
done
# library header pattern : folders where it lives
while read -r pattern homes; do
    for file in $(grep -rlE "^ *# *include <($pattern)" engine --include='*.[ch]' --include='*.cpp'); do
        home=$(echo "$file" | cut -d/ -f2)
        case " $homes " in *" $home "*) ;; *) say "$file includes <$pattern>, whose home is: $homes" ;; esac
    done
done <<LIST
gdal|ogr|cpl io
proj geo io
geos geo
yaml run
expat|yajl io
jansson io report
GL/|SDL|EGL/ gpu view
imgui view
xlsxwriter report
sqlite3|mosquitto live
LIST
for file in $(find tools -name '*.[ch]'); do
    for include in $(sed -n 's/^ *# *include "\(.*\)".*/\1/p' "$file"); do
        case "$include" in
        lifang/* | base/*) ;;
        */*) say "$file includes $include: tools use the public API and base/ only" ;;
        esac
    done
done
exit $bad
