#!/bin/sh
# The registration lists and the folders agree.
cd "$1" || exit 1
bad=0
agree() { # what, listed, present
    only=$(printf '%s\n' $2 $3 | sort | uniq -u)
    [ -z "$only" ] || { echo "$1: in the list or in the folder, but not in both:" $only; bad=1; }
}
list() { sed -n "s/^$2(\([a-z_0-9]*\).*/\1/p" "$1"; }
files() { for f in $1; do basename "$f" .c; done; }
agree measures "$(list engine/measures.def LF_MEASURE)" "$(files "$(grep -lE 'const lf_measure lf_retro_' engine/retro/measures/*.c)")"
agree importers "$(list engine/importers.def LF_IMPORTER)" \
    "$(grep -lE 'const lf_importer lf_io_[a-z]+ =' engine/io/*/*.c | xargs -n1 dirname | xargs -n1 basename)"
agree modules "$(list engine/modules.def LF_MODULE)" \
    "$(grep -lE 'const lf_module lf_[a-z]+_module =' engine/*/*.c | xargs -n1 dirname | xargs -n1 basename)"
agree commands "$(list tools/lifang/commands.def LF_COMMAND)" \
    "$(grep -lE 'const cli_command cli_[a-z]+ =' tools/lifang/*.c | xargs -n1 basename | sed 's/\.c$//; s/^verb_//')"
exit $bad
