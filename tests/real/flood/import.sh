#!/bin/sh
# Usage: import.sh PROGRAM. Lays the LISFLOOD models out and lets the program import each.
here=$(dirname "$0")
folder=flood-import-$$
trap 'rm -rf "$folder"' EXIT
for case in ea4 ea5 synth1m; do
    par=$(sh "$here/prepare.sh" $case "$folder/$case") || exit $?
    "$1" "$par" || exit $?
done
