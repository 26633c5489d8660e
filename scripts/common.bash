# Shared by the scripts beside it; sourced, never run.
# shellcheck shell=bash

# The project's folder, whatever the caller's working directory and however the script was linked to.
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)

# Exit codes of sysexits.h, as the command itself uses them.
# shellcheck disable=SC2034  # used by the scripts that source this file
readonly exit_unavailable=69 exit_internal=70

# say MESSAGE…: a line on standard error, so that standard output stays the program's.
say() { printf '%s\n' "$*" >&2; }

# fail CODE MESSAGE…: says why, and ends.
fail() {
    local code=$1
    shift
    say "$(basename "$0"): $*"
    exit "$code"
}

# show_help FILE: the comment at the head of a script is its help.
show_help() { sed -n '2,/^[^#]/{/^#/!q; s/^# \{0,1\}//; p}' "$1"; }

# swift_files: all Swift files of the project, one on a line.
# Folders that do not exist yet are no fault.
swift_files() {
    { find "$root/Package.swift" "$root/Sources" "$root/Tests" -name '*.swift' -type f 2> /dev/null || true; } | LC_ALL=C sort
}

# shell_files: all shell scripts of the project, one on a line.
shell_files() {
    { find "$root/scripts" "$root/.ci" -type f ! -name "*.lua" 2> /dev/null || true; } | LC_ALL=C sort
}

# lua_folders: the folders with Lua files of the project, one on a line.
lua_folders() {
    local folder
    for folder in stdlib examples scripts Tests/Lua; do
        if [ -d "$root/$folder" ]; then printf '%s\n' "$root/$folder"; fi
    done
}

# token_fetches LEDGER: how often get-token was called by an emulator's ledger, how many of the calls were refused as too
# frequent, and the least number of seconds between two that came one after the other; `-` where there were not two.
token_fetches() {
    awk '
        /"operation":"auth.get_token"/ {
            match($0, /"time":[0-9.]+/)
            time = substr($0, RSTART + 7, RLENGTH - 7) + 0
            if (count++ && (least == "" || time - last < least)) least = time - last
            last = time
            if (/"code":21185002/) early++
        }
        END { printf "%d %d %s\n", count, early, least == "" ? "-" : sprintf("%.3f", least) }' "$1"
}

# is_apart LEAST INTERVAL: whether that least distance keeps the interval.
is_apart() { [ "$1" = - ] || awk -v least="$1" -v interval="$2" 'BEGIN { exit !(least >= interval) }'; }
