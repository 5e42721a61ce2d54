# Shared by the scripts of tools/ and tests/: strict mode, paths, messages.
# Source it first: . "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
#
# Messages go to standard error, so that a script's own output stays clean.
# shellcheck shell=bash

set -euo pipefail

# Debian's C.UTF-8 is always there: output stays readable, and sorting the
# same, on a machine whose locale is POSIX.
export LC_ALL=C.UTF-8

# shellcheck disable=SC2034 # for the scripts that source this
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# SECONDS counts from here; a script that calls another hands its start on.
SECONDS=$((${JIEDUI_ELAPSED:-0}))

if [[ -t 2 && -z "${NO_COLOR:-}" ]]; then
  BOLD=$'\e[1m' RED=$'\e[31m' GREEN=$'\e[32m' DIM=$'\e[2m' PLAIN=$'\e[0m'
else
  BOLD='' RED='' GREEN='' DIM='' PLAIN=''
fi

# elapsed: minutes and seconds since the outermost script began.
elapsed() { printf '%2d:%02d' $((SECONDS / 60)) $((SECONDS % 60)); }

# step TEXT: what begins now.
step() {
  printf '%s%s%s %s==>%s %s\n' "$DIM" "$(elapsed)" "$PLAIN" "$BOLD" "$PLAIN" \
    "$*" >&2
}

# ok TEXT: what is done.
ok() {
  printf '%s%s%s  %sok%s %s\n' "$DIM" "$(elapsed)" "$PLAIN" "$GREEN" "$PLAIN" \
    "$*" >&2
}

# fail WHAT REMEDY [CODE]: says what failed and what to do, and exits.
fail() {
  printf '%sfailed 失败:%s %s\n' "$RED" "$PLAIN" "$1" >&2
  printf '%sto do 处理:%s %s\n' "$BOLD" "$PLAIN" "$2" >&2
  exit "${3:-1}"
}

# usage_from_header FILE: the comment at the top of a script is its --help.
usage_from_header() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$1"; }

# run_logged LOG COMMAND...: output goes to LOG; the exit code is COMMAND's.
run_logged() {
  local log="$1"
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 </dev/null
}

# show_tail LOG [LINES]: the end of a log, indented, for the reader's eyes.
show_tail() { tail -n "${2:-15}" "$1" | sed 's/^/    /' >&2; }

# call SCRIPT ARGS...: runs another script of the project on the same clock.
call() { JIEDUI_ELAPSED=$SECONDS "$@"; }

# as_root COMMAND...: runs COMMAND as root, through sudo when need be.
as_root() {
  if [[ "$(id -u)" -eq 0 ]]; then
    "$@"
  else
    sudo "$@"
  fi
}

# job_count: processes to compile with: one a core, and 1 GB of memory each.
job_count() {
  local cores memory_gb
  cores="$(nproc)"
  memory_gb="$(awk '/^MemAvailable:/ {print int($2 / 1048576)}' \
    /proc/meminfo 2>/dev/null || echo "$cores")"
  ((memory_gb > 0)) || memory_gb=1
  echo $((cores < memory_gb ? cores : memory_gb))
}

# free_port FROM-TO: a port that was free a moment ago. Below 32768 the system
# gives none away to outgoing connections.
free_port() {
  local port
  for port in $(shuf -i "$1" -n 50); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}
