#!/usr/bin/env bash
# Print the path of a Python of at least 3.12, or say in one line what to install.
#
# Every candidate is tried by running it: a name on PATH may be a version manager's shim
# that only fails when called. Nothing is installed here but, as the last resort, a private
# copy under .python/ fetched by uv.
set -u
cd "$(dirname "$0")/.." || exit 1

wanted=3.12
pinned=$(cat .python-version 2>/dev/null || echo 3.13)
private=$PWD/.python

# Prints the real path of the interpreter when it is new enough and can make environments.
usable() {
    "$1" - 2>/dev/null <<'PYTHON'
import sys

if sys.version_info < (3, 12) or sys.implementation.name != "cpython":
    sys.exit(1)
import ensurepip, sqlite3, ssl, venv  # noqa: E401, F401 (Debian's python3 comes without some)

# Inside an environment, the interpreter that it was made from.
print(getattr(sys, "_base_executable", sys.executable))
PYTHON
}

try() {
    local found
    found=$(usable "$1") && [ -n "$found" ] && echo "$found" && exit 0
}

if [ -n "${PYTHON:-}" ]; then
    try "$PYTHON"
    echo "PYTHON=$PYTHON is not a working Python $wanted or newer (with venv, ssl and sqlite3)." >&2
    exit 1
fi

for name in "python$pinned" python3.14 python3.13 python3.12 python3.15 python3 python; do
    command -v "$name" >/dev/null 2>&1 && try "$name"
done

# Version managers keep interpreters that no name on PATH leads to.
for path in "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/"$pinned"*/bin/python3 \
            "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.1[2-9]*/bin/python3 \
            "${ASDF_DATA_DIR:-${HOME:-}/.asdf}"/installs/python/3.1[2-9]*/bin/python3 \
            "${XDG_DATA_HOME:-${HOME:-}/.local/share}"/uv/python/cpython-3.1[2-9]*/bin/python3 \
            "$private"/cpython-3.1[2-9]*/bin/python3; do
    [ -x "$path" ] && try "$path"
done

# A private Python by uv: the one on PATH, else the pinned one from our own requirements.
uv=$(command -v uv 2>/dev/null || true)
if [ -z "$uv" ] && python3 -m pip --version >/dev/null 2>&1; then
    echo "No Python $wanted or newer found; fetching one into .python/" >&2
    mkdir -p "$private"
    awk '/^uv==/ {keep = 1} keep {print} keep && !/\\$/ {exit}' requirements/dev.txt >"$private/uv.txt"
    python3 -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
        --retries 1 --timeout 15 --upgrade --target "$private/uv" -r "$private/uv.txt" >/dev/null 2>&1 &&
        uv=$private/uv/bin/uv
fi
if [ -n "$uv" ]; then
    found=$("$uv" python find --system --no-project ">=$wanted" 2>/dev/null) && [ -n "$found" ] && try "$found"
    UV_HTTP_RETRIES=1 UV_PYTHON_INSTALL_DIR=$private "$uv" python install --quiet "$pinned" >/dev/null 2>&1 &&
        for path in "$private"/cpython-"$pinned"*/bin/python3; do try "$path"; done
fi

echo "Backcare needs Python $wanted or newer with venv (Debian: apt install python3 python3-venv); name it with PYTHON=/path/to/python3." >&2
exit 1
