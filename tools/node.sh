# Node.js for scripts that need it: source tools/lib.sh, then this.
# shellcheck shell=bash

# What vitest and vite run on.
NODE_MAJOR=20
NODE_DIR="$ROOT/build/node"
SYSTEM_CERTIFICATES=/etc/ssl/certs/ca-certificates.crt
# Node.js from elsewhere than Debian does not trust the machine's own
# certificates unless told to.
export NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-$SYSTEM_CERTIFICATES}"

# npm_ci LOG [COMMAND...]: installs what package-lock.json of this folder pins,
# unless that is here already. Returns 77 when the npm registry cannot be
# reached, 1 when something else is wrong; the log says what.
npm_ci() {
  local log="$1" installed=node_modules/.installed-package-lock.json
  cmp -s package-lock.json "$installed" && return
  if run_logged "$log" npm ci --ignore-scripts --no-audit --no-fund \
    --fetch-retries=2 --fetch-retry-mintimeout=2000; then
    cp package-lock.json "$installed"
    return
  fi
  grep -qE 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT' \
    "$log" && return 77
  return 1
}

# npm_ci_or_exit FOLDER LOG: the same in FOLDER; says what failed and exits.
npm_ci_or_exit() {
  local code=0
  (cd "$1" && npm_ci "$2") || code=$?
  [[ "$code" -ne 0 ]] || return 0
  show_tail "$2"
  if [[ "$code" -eq 77 ]]; then
    fail "the npm registry cannot be reached" \
      "check the network and npm's registry and CA settings; the log is $2" 77
  fi
  fail "npm could not install what $1/package-lock.json pins" "read $2"
}

has_node() {
  local major
  major="$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p')"
  [[ "${major:-0}" -ge "$NODE_MAJOR" ]]
}

# use_node: puts Node.js of at least NODE_MAJOR first in PATH: the machine's
# own, or one from the npm registry, pinned in services/clients/runtime.
use_node() {
  command -v npm >/dev/null ||
    fail "there is no npm" "run tools/install-deps --test"
  ! has_node || return 0
  mkdir -p "$NODE_DIR"
  cp "$ROOT"/services/clients/runtime/package*.json "$NODE_DIR/"
  npm_ci_or_exit "$NODE_DIR" "$ROOT/build/logs/node-install.log"
  local bin
  for bin in "$NODE_DIR"/node_modules/node-linux-*/bin; do
    PATH="$bin:$PATH"
  done
  has_node || fail "there is no Node.js of at least $NODE_MAJOR for $(uname -m)" \
    "install it, and put it first in PATH"
}
