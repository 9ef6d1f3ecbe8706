"""Settings of the povreg project. What depends on the machine is read by povreg.env, at the top."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from kombu.entity import Exchange, Queue

from povreg import env, openings, schedule

BASE_DIR = Path(__file__).resolve().parent.parent
HOME = env.home(BASE_DIR)
SECRETS = env.secrets(HOME)

SECRET_KEY = SECRETS.django
POVREG_FIELD_KEY = SECRETS.field
POVREG_TODAY = env.today(HOME)
INSTANCE = env.instance(HOME)
DEBUG = env.debug()
HTTPS = env.https()
ALLOWED_HOSTS = env.allowed_hosts()
CSRF_TRUSTED_ORIGINS = env.trusted_origins()

INSTALLED_APPS = [
    "povreg.apps.PovregAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "pgtrigger",
    "axes",
    "csp",
    "corsheaders",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "import_export",
    "households",
    "programs",
    "reports",
    "povreg.apps.PovregConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "povreg.compression.CompressTexts",
    "corsheaders.middleware.CorsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "povreg.readable_addresses.readable_addresses",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "povreg.last_seen.note_last_seen",
    "povreg.second_door.ask_second_factor",
    "povreg.practice_mode.practise",
    "povreg.private_pages.keep_private",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "povreg.urls"
WSGI_APPLICATION = "povreg.wsgi.application"
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
                "households.views.context.page",
            ]
        },
    }
]

# Storage: rows, files people attach, files browsers fetch
DATABASES = {"default": env.database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = HOME / "attachments"
#: Files of imports, until they are written or thrown away.
POVREG_IMPORTS = HOME / "imports"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
_STATIC_AS_IS = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_AS_IS if DEBUG else "povreg.static_files.NamedByContent"},
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.cache_url(HOME),
        "KEY_PREFIX": "povreg",
    }
}

# What goes with who stays of two entries; who tells what is open before communes are reorganised
FOLLOW_MERGERS = ["programs.services.mergers.SUPPORT"]
TELL_OPEN_WORK = ["programs.services.open_lists.going_on"]

# Who is there
AUTH_USER_MODEL = "households.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "households.services.first_login.FirstCodeBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
#: How long the code of a printed first-log-in slip works
POVREG_FIRST_CODE_LIFETIME = timedelta(days=14)
PASSWORD_RESET_TIMEOUT = timedelta(days=3).total_seconds()
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "povreg.client_address.client_address"
AXES_LOCKOUT_TEMPLATE = "errors/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
# Never written down with a failed try
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "new_password1", "new_password2"]

# Mail, where a server is named: links for a forgotten password
globals().update(env.mail())
POVREG_SENDS_MAIL = bool(env.mail())
EMAIL_TIMEOUT = 10

# Sessions end with the browser, and after a working day at the latest
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Two installations on one machine share the host name, and with it the cookie jar
SESSION_COOKIE_NAME = f"povreg_session_{INSTANCE}"
CSRF_COOKIE_NAME = f"povreg_csrf_{INSTANCE}"

# A review form of the largest household: 200 members with some 25 cells each
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000
CSRF_FAILURE_VIEW = "households.views.errors.csrf_refused"

# What a browser may do with our pages
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
_TOLD_APART = [
    "households.api.access.TokenAuthentication",
    "households.api.access.LogInAuthentication",
]
_OPEN = "households.api.open_data.OpenData"
REST_FRAMEWORK = {
    # A session has passed the second factor; a password sent along with a call has not
    "DEFAULT_AUTHENTICATION_CLASSES": [*_TOLD_APART, _OPEN],
    "DEFAULT_PERMISSION_CLASSES": ["households.api.access.MayAsk"],
    "DEFAULT_THROTTLE_CLASSES": ["households.api.access.CallsAMinute"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "households.api.problems.answer",
    "NUM_PROXIES": env.proxies(),
}
# Whoever asks without a token, and pages of other sites: none unless told; never with a session
OPEN_DATA = openings.open_data()
OPEN_DATA_CALLS = 30
CORS_URLS_REGEX = r"^/api/v1/"
CORS_ALLOW_ALL_ORIGINS = "*" in openings.cors_origins()
CORS_ALLOWED_ORIGINS = [one for one in openings.cors_origins() if one != "*"]
CORS_ALLOW_CREDENTIALS = False
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = [
    "accept",
    "accept-language",
    "authorization",
    "if-modified-since",
    "if-none-match",
]
CORS_EXPOSE_HEADERS = ["Content-Disposition", "ETag", "Link", "Retry-After"]
SPECTACULAR_SETTINGS = {
    "TITLE": "povreg",
    "DESCRIPTION": "Hộ nghèo, hộ cận nghèo: số liệu tổng hợp. / Poor households: aggregates.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["households.api.access.MayAsk"],
    "SERVE_AUTHENTICATION": [*_TOLD_APART, _OPEN],
    # Of open data the schema says only where it is given (povreg.api_schema)
    "AUTHENTICATION_WHITELIST": _TOLD_APART,
    "WEBHOOKS": [
        f"households.api.webhooks.{one}" for one in ("COMMUNE", "ROUND", "EDITION", "PING")
    ],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "povreg.api_schema.declare_problems",
        "povreg.api_schema.name_webhooks",
    ],
    "ENUM_NAME_OVERRIDES": {
        "AreaLevelEnum": "households.choices.AreaLevel",
        "FigureLevelEnum": "reports.choices.FigureLevel",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# Language and time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
# Django's Vietnamese formats know the point between groups, but not that a group has three digits.
NUMBER_GROUPING = 3

# Jobs: taken by one worker at a time, given back when that worker dies
CELERY_BROKER_URL = env.broker_url(HOME)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": int(timedelta(hours=1).total_seconds()),
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
# A worker takes from both in turn, so that a year's set holds up nothing but itself
CELERY_TASK_QUEUES = [
    Queue(name, Exchange(name, type="direct"), routing_key=name) for name in ("celery", "reports")
]
CELERY_TASK_ROUTES = {"reports.make_area": {"queue": "reports"}}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
# A report that broke its worker off so often is given up: one that takes more memory than there is
# would be begun again for ever, and keep the others of its area from being made. More than a worker
# is killed by chance while it makes one and the same.
REPORT_ATTEMPTS = 8
# Messages to other systems: how long one waits for an answer, and between attempts; after the last
# of these a message is given up. Networks that are not public, and that they may go to
WEBHOOK_SECONDS = 10
WEBHOOK_WAITS = tuple(timedelta(minutes=wait) for wait in (1, 5, 30, 120, 360, 720, 1440, 1440))
SENDS_WEBHOOKS = openings.sends_webhooks()
WEBHOOK_NETWORKS = openings.webhook_networks()
CELERY_BEAT_SCHEDULE_FILENAME = str(HOME / "beat-schedule")
CELERY_BEAT_SCHEDULE = schedule.SCHEDULE

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
