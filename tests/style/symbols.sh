#!/bin/sh
# Exported symbols carry their folder's prefix, and no engine folder keeps a mutable global.
cd "$2" || exit 1
bad=0
for folder in base geo twin io drain park retro run report live gpu view; do
    library=engine/$folder/liblf_$folder.a
    [ -f "$library" ] || continue
    case $folder in
    base) prefix='lf_' ;;
    twin) prefix='lf_(twin|spec|layer|shape|state|option)_' ;;
    io) prefix='lf_(io_|default_import_def$)' ;;
    run) prefix='lf_(run_|scenario_|module_|default_run_def$)' ;;
    retro) prefix='lf_(retro_|measure_)' ;;
    view) prefix='lf_(view_|default_view_def$)' ;;
    *) prefix="lf_${folder}_" ;;
    esac
    # Symbols of instrumentation and C++ templates are not ours to name.
    wrong=$(nm -g --defined-only "$library" 2>/dev/null | awk 'NF == 3 && $2 ~ /[TDBRC]/ {print $3}' |
        grep -vE "^($prefix|__asan|__odr_asan|__tsan|_Z|DW\.)")
    if [ -n "$wrong" ]; then
        echo "$library exports without its prefix $prefix:" $wrong
        bad=1
    fi
    mutable=$(objdump -t "$library" 2>/dev/null |
        awk '$0 ~ / O / && ($4 == ".data" || $4 == ".bss" || $5 == ".data" || $5 == ".bss") {print $NF}' |
        grep -vE '^(_ZGV|_ZZ|_ZL|__|\.L|completed)')
    if [ -n "$mutable" ] && [ "$folder" != view ]; then
        echo "$library keeps mutable globals:" $mutable
        bad=1
    fi
done
exit $bad
