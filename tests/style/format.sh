#!/bin/sh
# Sources are as clang-format 14 leaves them; skipped where that version is not installed.
cd "$1" || exit 1
tool=$(command -v clang-format-14 || command -v clang-format) || exit 77
"$tool" --version | grep -q 'version 14' || exit 77
find engine tools tests \( -name '*.[ch]' -o -name '*.cpp' \) -print0 | xargs -0 "$tool" --dry-run -Werror 2>&1 | grep error: | head -20 >"${TMPDIR:-/tmp}/lf-format.$$"
cat "${TMPDIR:-/tmp}/lf-format.$$"
count=$(wc -l <"${TMPDIR:-/tmp}/lf-format.$$")
rm -f "${TMPDIR:-/tmp}/lf-format.$$"
[ "$count" -eq 0 ]
