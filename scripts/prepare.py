"""Make the data ready to serve: migrations, the catalogue, the figures, the static files.

Everything here may run at every start: what is up to date is left alone and nothing is said.
No rule of the app belongs here.
"""

from __future__ import annotations

import errno
import hashlib
import os
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backcare.settings")


def check_port() -> None:
    """Stop with one clear line when the address cannot be served, before any work is done."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    # Checked by hand: the resolver would quietly take the remainder of a number that is too big.
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        sys.exit(f"PORT must be a number from 1 to 65535, not {port!r}.")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        sys.exit(f"HOST must be an address of this machine, not {host!r}.")
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sys.exit(f"Port {port} is in use. Try another one: PORT={int(port) + 1} make run")
        sys.exit(f"Cannot listen on {host} port {port}: {error.strerror}.")


def migrate() -> None:
    """Bring the database to the newest migration, saying so only when there is something to do."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database", flush=True)
        call_command("migrate", verbosity=0, interactive=False)


def load_catalogue() -> None:
    """Put the reviewed content files into the database."""
    from django.core.management import call_command

    call_command("load_catalogue", verbosity=0)


def draw_figures() -> None:
    """Draw the figures that changed; the command itself says so when there is something to do."""
    from django.core.management import call_command

    call_command("draw_figures")


def static_inputs() -> str:
    """A hash that changes when any file that collectstatic would read has changed."""
    import django
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(f"{django.__version__} {settings.STORAGES['staticfiles']}".encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            about = Path(storage.path(path)).stat()
            digest.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static() -> None:
    """Write the hashed, compressed static files, unless those of the last time still hold."""
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name(f"{root.name}.stamp")
    inputs = static_inputs()
    manifest = root / "staticfiles.json"
    if manifest.is_file() and stamp.is_file() and stamp.read_text() == inputs:
        return
    print("Preparing the static files", flush=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(inputs)


def main() -> None:
    """Run every step, or stop with the one line that says what is wrong."""
    check_port()

    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError
    from django.db import OperationalError

    try:
        django.setup()
        migrate()
        load_catalogue()
        draw_figures()
        collect_static()
    except (ImproperlyConfigured, CommandError) as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(f"The database cannot be used: {error}".strip())


if __name__ == "__main__":
    main()
