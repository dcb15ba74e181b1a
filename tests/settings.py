"""Settings for tests: the real ones with a fast hasher, plain static names and zeal."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="backcare-tests-"))

from backcare.settings import *  # noqa: F403
from backcare.settings import BASE_DIR, INSTALLED_APPS, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CAN_MAIL = True
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
# Drawn once for all runs; only what changed is drawn again.
FIGURES_DIR = BASE_DIR / "build" / "figures"
FIGURES_DIR.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static", ("figures", FIGURES_DIR)]
