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
    { find "$root/Package.swift" "$root/Sources" "$root/Tests" "$root/Benchmarks" -path '*/.build' -prune -o \
        -name '*.swift' -type f -print 2> /dev/null || true; } | LC_ALL=C sort
}

# shell_files: all shell scripts of the project, one on a line.
shell_files() {
    { find "$root/scripts" "$root/.ci" -type f ! -name "*.lua" 2> /dev/null || true; } | LC_ALL=C sort
}

# lua_folders: the folders with Lua files of the project, one on a line.
lua_folders() {
    local folder
    for folder in stdlib examples scripts Tests/Lua Tests/Benchmarks Tests/Fleet; do
        if [ -d "$root/$folder" ]; then printf '%s\n' "$root/$folder"; fi
    done
}

# The C and C++ libraries that a release has within, where their archives are at hand; else it needs the shared ones.
readonly static_libraries=(stdc++ gcc_eh lua5.4 sqlite3 z)

# align_code ARCHIVE COPY: a copy whose code begins with a line of the processor's cache. Lua's interpreter then lies within
# its lines as in lua5.4 itself; by chance it lay otherwise, and took up to a sixth more time. Fails where objcopy cannot do it.
align_code() {
    if [ -f "$2" ] && [ ! -L "$2" ] && [ -z "$(find -L "$1" -cnewer "$2")" ]; then return 0; fi
    rm -f "$2"
    objcopy --set-section-alignment .text=64 "$1" "$2" 2> /dev/null && return 0
    rm -f "$2"
    return 1
}

# release_build ARGUMENT…: the command of a release build, in the array release_command. What else is built with it, into the
# same folder, finds everything compiled already that c8run has too.
release_build() {
    # Packed relocations: without them a third of a short script's time is the dynamic loader's.
    # No symbols for others: the runtime looks through all of them when it starts.
    release_command=(swift build -c release --static-swift-stdlib -Xlinker -S -Xswiftc -use-ld=lld
        -Xlinker -z -Xlinker pack-relative-relocs -Xlinker --no-export-dynamic
        # Nothing lies beside the binary: the loader would look for each library in twenty folders there.
        --disable-local-rpath
        # Types are made by functions that know what they need: by name, the runtime looks through all conformances of the program.
        -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
        # Another package may have been built into the same folder, and its plan would be taken for this one's.
        --disable-build-manifest-caching)
    # Libraries within: fewer files to find and to relocate.
    local folder="$root/.build/static" library archive
    mkdir -p "$folder"
    for library in "${static_libraries[@]}"; do
        archive=$(cc -print-file-name="lib$library.a" 2> /dev/null || true)
        if [ ! -f "$archive" ]; then
            rm -f "$folder/lib$library.a"
        elif [ "$library" != lua5.4 ] || ! align_code "$archive" "$folder/liblua5.4.a"; then
            ln -sfn "$archive" "$folder/lib$library.a"
        fi
    done
    # Before the folders of pkg-config, which hold the shared libraries.
    local package description
    for package in lua5.4 sqlite3 zlib; do
        description="$(pkg-config --variable=pcfiledir "$package" 2> /dev/null || true)/$package.pc"
        [ ! -f "$description" ] || sed "s|^Libs: *|&-L$folder |" "$description" > "$folder/$package.pc"
    done
    release_command+=(--pkg-config-path "$folder" -Xlinker "-L$folder")
    # The compiler asks for the shared one, where that is still needed.
    [ ! -f "$folder/libgcc_eh.a" ] || release_command+=(-Xlinker -lgcc_eh)
    release_command+=("$@")
}

# apt_install_missing PACKAGE…: from Debian, as scripts/setup does it, but without starting a service.
apt_install_missing() {
    local sudo=()
    [ "$(id -u)" -eq 0 ] || sudo=(sudo)
    say "$(basename "$0"): installing $*"
    command -v apt-get > /dev/null || fail $exit_unavailable "these are missing, and there is no apt-get to install them: $*"
    local command=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y --no-install-recommends
        -o DPkg::Lock::Timeout=300 "$@")
    "${command[@]}" < /dev/null > /dev/null 2>&1 && return
    "${sudo[@]}" apt-get update < /dev/null > /dev/null 2>&1 || true
    "${command[@]}" < /dev/null > /dev/null || fail $exit_unavailable "could not install $*"
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
