"""Django's settings, made from the publication's folder (core/config.py)."""

from email.utils import formataddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from masthead.core.config import Config, ConfigError, current_folder

PACKAGE = Path(__file__).resolve().parent

try:
    CONFIG = Config(current_folder())
    MODE: str = CONFIG["mode"]
    ADDRESS: str = CONFIG["address"].rstrip("/")
    EXTRA_APPS: list[str] = CONFIG["apps"]
    DATABASE_URL: str = CONFIG["database.url"]
except ConfigError as error:
    raise ImproperlyConfigured(str(error)) from error

HOST = urlsplit(ADDRESS).hostname or "127.0.0.1"
IS_SECURE = ADDRESS.startswith("https://")
IS_LIVE = MODE == "live"

DEBUG = False
# A live site without a secret is refused by masthead/checks.py; dev and demo folders get one written.
SECRET_KEY: str = CONFIG["MASTHEAD_SECRET_KEY"] or "not-a-secret"
ALLOWED_HOSTS = [HOST] if IS_LIVE else [HOST, "127.0.0.1", "localhost"]
ROOT_URLCONF = "masthead.urls"
WSGI_APPLICATION = "masthead.wsgi.application"

INSTALLED_APPS = [
    "masthead.core",
    "masthead.members",
    "masthead.access",
    "masthead.content",
    "masthead.billing",
    "masthead.newsletters",
    "masthead.search",
    "masthead.site",
    "masthead.desk",
    "masthead.api",
    "masthead.importers",
    "masthead.pagestore",
    "masthead.ops",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "csp",
    "django_tasks",
    "django_tasks_db",
    *EXTRA_APPS,
]

MIDDLEWARE = [
    "masthead.pagestore.middleware.page_store",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "masthead.site.keeping.no_shared_cookie",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "masthead.site.middleware.publication",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "masthead.members.middleware.device",
    "masthead.site.middleware.reader",
    "masthead.site.generation.generation_cookie",
    "masthead.pagestore.middleware.reader_cookie",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Files of the operator stand before ours (docs/howto/change-the-look.md).
        "DIRS": [CONFIG.folder / "theme" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "masthead.site.context.publication",
            ],
        },
    },
]


def _database(url: str) -> dict[str, object]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": CONFIG.data / "masthead.sqlite3",
            "CONN_MAX_AGE": 60,  # opening anew for each request costs more than most queries
            # IMMEDIATE: a write takes its lock at once and waits, instead of failing half-way (LESSONS: no lock errors).
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


DATABASES = {"default": _database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/account/"

SESSION_ENGINE = "masthead.members.sessions"
SESSION_COOKIE_NAME = "__Host-session" if IS_SECURE else "session"
READER_COOKIE_NAME = "__Host-reader" if IS_SECURE else "reader"
GENERATION_COOKIE_NAME = "__Host-generation" if IS_SECURE else "generation"
UNLOCKED_COOKIE_NAME = "__Host-unlocked" if IS_SECURE else "unlocked"
# Not in the session: a page that is kept looks at none.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90  # seconds
CSRF_COOKIE_NAME = "__Host-csrf" if IS_SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [ADDRESS]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_SECURE else 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# TLS ends at the proxy in front; the address in masthead.toml says whether it is there.
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "mail", "pictures"],
    }
}

EMAIL_BACKEND = "masthead.ops.posting.Backend"
MAIL_ONWARD = (
    "django.core.mail.backends.smtp.EmailBackend"
    if IS_LIVE or CONFIG["mail.host"]
    else "masthead.ops.outbox.OutboxBackend"
)
EMAIL_HOST: str = CONFIG["mail.host"] or "127.0.0.1"
EMAIL_PORT: int = CONFIG["mail.port"]
EMAIL_HOST_USER: str = CONFIG["mail.user"]
EMAIL_HOST_PASSWORD: str = CONFIG["MASTHEAD_MAIL_PASSWORD"]
EMAIL_USE_TLS = CONFIG["mail.security"] == "starttls"
EMAIL_USE_SSL = CONFIG["mail.security"] == "tls"
EMAIL_TIMEOUT = 10  # seconds
SENDER_ADDRESS: str = CONFIG["mail.sender"] or f"news@{HOST}"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = formataddr(("", SENDER_ADDRESS))

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = USE_TZ = True
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = CONFIG.data / "static"
STATICFILES_DIRS = [path for path in [CONFIG.folder / "theme" / "static"] if path.is_dir()]
MEDIA_ROOT = CONFIG.data / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes, a form without its files
FILE_UPLOAD_PERMISSIONS = 0o600

FETCH_ALLOW: list[str] = CONFIG["fetch_allow"]
PURGE_PROVIDER: str = CONFIG["purge.provider"]
PURGE_ADDRESS: str = CONFIG["purge.address"]
PURGE_SECONDS: int = CONFIG["purge.seconds"]
PURGE_TOKEN: str = CONFIG["MASTHEAD_PURGE_TOKEN"]
BILLING_PROVIDER: str = CONFIG["billing.provider"]
BILLING_WEBHOOK_SECRET: str = CONFIG["MASTHEAD_BILLING_WEBHOOK_SECRET"] or SECRET_KEY

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Whoever asks under a wrong name would otherwise fill the log.
    "loggers": {"django.security.DisallowedHost": {"handlers": [], "propagate": False}},
}
