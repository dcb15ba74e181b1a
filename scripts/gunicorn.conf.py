"""How gunicorn serves Backcare; docs/decisions/ says why it is gunicorn with threads.

Only the server is configured here. What the variables mean stands in docs/configuration.md.
"""

import gc
import signal
import sys
from pathlib import Path
from typing import Any

# gunicorn reads this file by path, so the project's root isn't importable yet.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gunicorn.workers import gthread

from backcare import env

_debug = env.env_bool("DEBUG")
_host = env.env_str("HOST") or "127.0.0.1"
_port = env.env_int("PORT", 8000, at_least=1)
_shown = f"[{_host}]" if ":" in _host else _host

bind = f"{_shown}:{_port}"
workers = env.env_int("WEB_CONCURRENCY", 2, at_least=1)
worker_class = "gthread"
threads = 4
# Browsers open connections ahead of need. gunicorn 27 lets each of them hold a thread for 5 s,
# so that four make a fifth visitor wait; a silent one goes back to the poller soon instead.
gthread.DEFAULT_WORKER_DATA_TIMEOUT = 0.05
# Loaded once and shared by the workers: half the start time, and memory that forks share.
preload_app = not _debug
reload = _debug

timeout = 30
graceful_timeout = 5
keepalive = 5
# A worker is replaced now and then, never all at once, so that a slow leak stays harmless.
max_requests = 20_000
max_requests_jitter = 2_000
# Heartbeats in memory: on a slow disk, touching a file can stop a worker for seconds.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None

loglevel = "warning"
# Addresses of private pages don't belong in a log that nobody asked for.
accesslog = None
control_socket_disable = True
# X-Forwarded-* count only when the operator says how many proxies stand in front.
forwarded_allow_ips = "*" if env.env_int("TRUSTED_PROXIES", 0) else "127.0.0.1"


def post_worker_init(worker: Any) -> None:
    """Stop on Ctrl-C without waiting for oneself.

    A terminal sends it to all processes, and the master sends SIGQUIT after it. A gthread worker
    that either of them meets in the wrong moment locks itself out until it is killed, so Ctrl-C is
    left to the master, and its SIGQUIT ends a worker as SIGTERM does: what is under way is finished.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGQUIT, worker.handle_exit)


def when_ready(_server: object) -> None:
    """Tell the person where to look; then share with the workers what stays the same."""
    from django.conf import settings
    from django.urls import get_resolver

    from backcare.apps import log_database_choice

    if preload_app:
        # Once, before the fork, and a mistake in it stops the start instead of every page.
        _ = get_resolver().url_patterns
        log_database_choice()
    print(f"Backcare is at {settings.SITE_URL}", flush=True)
    gc.collect()
    gc.freeze()
