#!/usr/bin/env bash
# Bring .venv up to date for one purpose: base (run the app), test, or dev (also check it).
#
# Each requirements file contains the ones below it, so an environment made for `dev` serves
# all three. A stamp holds the hash of what was installed: when nothing changed, this prints
# nothing and installs nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

tier=${1:?usage: scripts/venv.sh base|test|dev}
python=.venv/bin/python

hash_of() { cksum <"requirements/$1.txt" | tr ' ' '-'; }
current() { [ "$(cat ".venv/.installed-$1" 2>/dev/null)" = "$(hash_of "$1")" ]; }

if [ -x $python ] && $python -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
    case $tier in
        base) enough="base test dev" ;;
        test) enough="test dev" ;;
        dev) enough="dev" ;;
        *) echo "scripts/venv.sh: unknown purpose $tier" >&2; exit 2 ;;
    esac
    for installed in $enough; do
        if current "$installed"; then exit 0; fi
    done
else
    found=$(scripts/python.sh)
    echo "Making .venv with $("$found" --version)"
    # --clear: an environment whose interpreter is gone is of no use to anybody.
    "$found" -m venv --clear .venv
fi

echo "Installing requirements/$tier.txt"
# Compiling everything ahead would take as long as the rest; Python does it on the first import.
$python -m pip install --quiet --quiet --disable-pip-version-check --no-compile --require-hashes -r "requirements/$tier.txt"
hash_of "$tier" >".venv/.installed-$tier"
