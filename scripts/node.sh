#!/usr/bin/env bash
# Bring node_modules up to date with package-lock.json; exit 3 where there is no Node 20.
#
# Only the checks of the JavaScript need it. When nothing changed it prints nothing.
#
#     scripts/node.sh "what is skipped without Node" [--bare: Node alone, no packages]
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v npm >/dev/null 2>&1 || ! node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null; then
    echo "Skipped ${1:-the JavaScript checks}: Node 20 or newer is not installed."
    exit 3
fi
[ "${2:-}" != --bare ] || exit 0
stamp=node_modules/.installed
hash=$(cksum <package-lock.json)
if [ "$(cat $stamp 2>/dev/null)" != "$hash" ]; then
    echo "Installing package-lock.json"
    npm ci --loglevel=error --no-progress >&2
    echo "$hash" >$stamp
fi
