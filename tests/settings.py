"""Settings of the tests: the real ones, in a folder of their own, under a time zone that finds naive dates."""

import os
import tempfile

os.environ["MASTHEAD_DIR"] = os.environ.get("MASTHEAD_TEST_DIR") or tempfile.mkdtemp(prefix="masthead-test-")
os.environ["MASTHEAD_SECRET_KEY"] = "a-secret-for-tests-only-0123456789-0123456789-0123456789"

from masthead.settings import *  # noqa: F403  (the folder must be named before the settings are read)
from masthead.settings import DATABASES, _database

MODE = "dev"
IS_LIVE = False
ALLOWED_HOSTS = ["paper.example", "testserver", "127.0.0.1", "localhost"]
ADDRESS = "https://paper.example"
TIME_ZONE = "Asia/Tokyo"
# Another database than SQLite, as in tests/test_postgresql.py.
if url := os.environ.get("MASTHEAD_TEST_DATABASE_URL"):
    DATABASES = {"default": _database(url)}
else:
    # A file, not memory: tests that work in threads need the same locks as a real publication.
    DATABASES["default"]["TEST"] = {"NAME": str(CONFIG.folder / "test.sqlite3")}  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
BILLING_PROVIDER = "demo"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
