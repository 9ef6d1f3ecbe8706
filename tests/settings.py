"""povreg's settings for tests: a home of its own, cheap password hashes, tasks run at once."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
for name in [
    name for name in os.environ if name.startswith("POVREG_") and name != "POVREG_TEST_DB_SUFFIX"
]:
    del os.environ[name]
for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
    os.environ.pop(name, None)
os.environ["POVREG_HOME"] = str(ROOT / ".local" / "test-home")

from povreg import settings as shipped  # noqa: E402  the environment above decides what it reads

globals().update({name: getattr(shipped, name) for name in dir(shipped) if name.isupper()})

POVREG_SENDS_MAIL = True  # into django.core.mail.outbox
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Nobody waits for ever: a lock that a lost connection holds fails the test that wants it
DATABASES = {
    "default": {
        **shipped.DATABASES["default"],
        "OPTIONS": {
            **shipped.DATABASES["default"]["OPTIONS"],
            "options": "-c lock_timeout=60s -c idle_in_transaction_session_timeout=120s",
        },
    }
}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
shipped.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise looks for it
