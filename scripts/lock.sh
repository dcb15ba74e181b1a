#!/usr/bin/env bash
# Compile requirements/*.txt from pyproject.toml: exact versions with hashes, and no address.
#
# uv resolves, plain pip installs. The files below `dev` are compiled against it, so that all
# of them name the same versions. `make lock UPGRADE=1` moves to the newest allowed versions.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.12 --generate-hashes \
        --no-header --no-annotate --no-emit-package setuptools ${UPGRADE:+--upgrade} "$@"
}

compile --group dev -o requirements/dev.txt
unset UPGRADE
compile -c requirements/dev.txt -o requirements/base.txt
compile -c requirements/dev.txt --group test -o requirements/test.txt
.venv/bin/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header --no-annotate \
    --group pyproject.toml:postgres -o requirements/postgres.txt
! grep -nE 'https?://|--(extra-)?index-url|--find-links' requirements/*.txt
