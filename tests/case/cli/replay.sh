#!/bin/sh
# Replays one .case file (README.md): sh replay.sh LIFANG CASE SOURCE
LIFANG=$1 CASE=$2 SOURCE=$3
case $CASE in /*) ;; *) CASE=$PWD/$CASE ;; esac
case $LIFANG in /*) ;; *) LIFANG=$PWD/$LIFANG ;; esac
[ -r "$CASE" ] || { echo "cannot read the case $CASE"; exit 1; }
[ -x "$LIFANG" ] || { echo "cannot run $LIFANG"; exit 1; }
export LIFANG SOURCE
unset LIFANG_ASSETS NO_COLOR
WORK=$(mktemp -d "${TMPDIR:-/tmp}/lifang-case-XXXXXX") || exit 1
trap 'chmod -R u+w "$WORK"; rm -rf "$WORK"' EXIT
cd "$WORK" || exit 1
mkdir run
failed=0 number=0 runs=0 code=none asked=yes
complain() {
    echo "$CASE:$number: $1"
    failed=1
}
show() {
    echo "--- standard output"; cat "$WORK/out"
    echo "--- standard error"; cat "$WORK/err"
}
holds() { # file, text
    grep -qF -e "$2" "$WORK/$1"
}
cd run || exit 1
while IFS= read -r line || [ -n "$line" ]; do
    number=$((number + 1))
    word=${line%% *} rest=${line#"$word"}
    rest=${rest# }
    case $word in
    '' | '#'*) ;;
    file)
        : >"$rest"
        while IFS= read -r text && number=$((number + 1)) && [ "$text" != end ]; do
            printf '%s\n' "$text" >>"$rest"
        done
        ;;
    env) export "$rest" ;;
    skip) sh -c "${rest#unless }" >/dev/null 2>&1 || { echo "skipped: ${rest#unless } fails"; exit 77; } ;;
    shell) sh -c "$rest" >"$WORK/out" 2>"$WORK/err" </dev/null || { complain "'$rest' failed"; show; } ;;
    lifang)
        [ $asked = yes ] || complain "the lifang line before this one has no exit line"
        eval "\"\$LIFANG\" $rest" >"$WORK/out" 2>"$WORK/err" </dev/null
        code=$? asked=no runs=$((runs + 1))
        ;;
    exit)
        asked=yes
        [ "$code" = "$rest" ] || { complain "exit code $code, not $rest"; show; }
        ;;
    out) holds out "$rest" || { complain "standard output lacks: $rest"; show; } ;;
    err) holds err "$rest" || { complain "standard error lacks: $rest"; show; } ;;
    noout) ! holds out "$rest" || { complain "standard output has: $rest"; show; } ;;
    noerr) ! holds err "$rest" || { complain "standard error has: $rest"; show; } ;;
    has) [ -e "$rest" ] || { complain "$rest is not there"; ls -R; } ;;
    hasnot) [ ! -e "$rest" ] || complain "$rest is there" ;;
    *) complain "unknown word '$word'" ;;
    esac
done <"$CASE"
[ $asked = yes ] || complain "the last lifang line has no exit line"
[ $runs -gt 0 ] || complain "the case runs nothing"
exit $failed
