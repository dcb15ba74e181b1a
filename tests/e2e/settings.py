"""The real settings with a faster session clock and a cheap hasher; static files are hashed as in production."""

import os

from backcare.settings import *  # noqa: F403
from backcare.settings import BASE_DIR, STORAGES

PLAYER_CLOCK_SPEED = int(os.environ.get("E2E_CLOCK_SPEED", "1"))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "tests.e2e.storage.UncompressedStorage"}}
# Drawn once for all runs; only what changed is drawn again.
FIGURES_DIR = BASE_DIR / "build" / "figures"
FIGURES_DIR.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static", ("figures", FIGURES_DIR)]
