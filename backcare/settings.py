"""All settings in one place, in Django's order, read from the environment by env.py.

docs/configuration.md has the table of variables; a test holds the two together. Only
configuration lives here: no logic beyond choosing values.
"""

from pathlib import Path

from django.utils.csp import CSP

from backcare import env, static_headers

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.directory(Path(env.env_str("DATA_DIR") or BASE_DIR / "data").resolve())

# --- Core -------------------------------------------------------------------------------------
DEBUG = env.env_bool("DEBUG")
SECRET_KEY = env.secret_key(DATA_DIR)
PORT = env.env_int("PORT", 8000, at_least=1)
SITE_URL = env.env_str("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
SITE = env.site_url(SITE_URL)
HTTPS = SITE.scheme == "https"
# Hosts and origins follow from the one address; the loopback names serve probes and first looks.
ALLOWED_HOSTS = sorted({SITE.hostname or "", "127.0.0.1", "localhost", "[::1]"})
CSRF_TRUSTED_ORIGINS = [f"{SITE.scheme}://{SITE.netloc}"]
TRUSTED_PROXIES = env.env_int("TRUSTED_PROXIES", 0)

INSTALLED_APPS = [
    "tracking",
    "routines",
    "stretches",
    "accounts",
    "backcare",
    "django_htmx",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "backcare.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "backcare.middleware.RenewSessionMiddleware",
    "backcare.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "backcare.middleware.PrivateByDefaultMiddleware",
]

ROOT_URLCONF = "backcare.urls"
WSGI_APPLICATION = "backcare.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "backcare.form_renderer.FormRenderer"

# --- Database -----------------------------------------------------------------------------------
DATABASES = {"default": env.database(env.env_str("DATABASE_URL"), DATA_DIR)}

# --- People -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "tracking:today"
LOGOUT_REDIRECT_URL = "tracking:today"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# --- Sessions, cookies, transport -----------------------------------------------------------------
# A guest's whole history hangs on this cookie, so it lasts; it is renewed as it is used.
SESSION_COOKIE_AGE = 400 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "backcare_session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "backcare_csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "backcare.views.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if HTTPS else None
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    # The sounds of a session for a locked phone are a file that the page makes itself.
    "media-src": [CSP.SELF, "blob:"],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# --- Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
# Only for people whose device told no zone; everybody else has their own.
TIME_ZONE = env.env_str("TIME_ZONE", "UTC")

# --- Static files ---------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.env_str("STATIC_ROOT") or DATA_DIR / "static")
# Drawn by `manage.py draw_figures` before the static files are collected.
FIGURES_DIR = env.directory(DATA_DIR / "figures")
STATICFILES_DIRS = [BASE_DIR / "static", ("figures", FIGURES_DIR)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "backcare.storage.ModuleManifestStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers.for_static_file

# --- Mail (password resets only) --------------------------------------------------------------------
MAIL_HOST = env.env_str("MAIL_HOST")
# The reset page asks this, and says so instead of pretending.
CAN_MAIL = bool(MAIL_HOST)
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": MAIL_HOST,
            "port": env.env_int("MAIL_PORT", 587, at_least=1),
            "username": env.env_str("MAIL_USER"),
            "password": env.env_str("MAIL_PASSWORD"),
            "use_tls": env.env_bool("MAIL_TLS", default=True),
            "timeout": 10,
        },
    }
    if CAN_MAIL
    else {"BACKEND": "backcare.mail.NoMail"},
}
DEFAULT_FROM_EMAIL = env.env_str("MAIL_FROM", f"backcare@{SITE.hostname}")

# --- Log --------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.env_str("LOG_LEVEL", "INFO")},
    # Addresses of private pages do not belong into a log at their normal level.
    "loggers": {"django.request": {"level": "ERROR"}},
}

# --- Our own ----------------------------------------------------------------------------------------
# How many times faster than the wall clock a session plays; only browser tests change it.
PLAYER_CLOCK_SPEED = 1
