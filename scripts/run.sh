#!/usr/bin/env bash
# What `make run` does once .venv is ready: prepare the data, then serve until stopped.
#
# Variables from .env count where the environment doesn't set them already.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -f .env ]; then
    while IFS='=' read -r name value || [ -n "$name" ]; do
        [[ $name =~ ^[A-Z][A-Z0-9_]*$ ]] || continue
        [ -n "${!name+set}" ] || export "$name=$value"
    done <.env
fi

.venv/bin/python scripts/prepare.py
exec .venv/bin/gunicorn --config scripts/gunicorn.conf.py backcare.wsgi:application
