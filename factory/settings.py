"""Settings. Everything that differs per place comes from the environment (see .env.example)."""

import os
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from factory.environment import database, flag, listed, secret
from factory.logs import configure

ROOT = BASE_DIR = Path(__file__).resolve().parent.parent
MODE = os.environ.get("FACTORY_MODE", "demo")  # demo, test or production
PRODUCTION = MODE == "production"
DEBUG = flag("DEBUG") and not PRODUCTION
SECRET_KEY = secret(MODE)
SITE_URL = os.environ.get("SITE_URL", f"http://localhost:{os.environ.get('PORT', '8000')}")
ALLOWED_HOSTS = listed("ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,testserver")
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS", SITE_URL)
ADMIN_PATH = os.environ.get("ADMIN_PATH", "admin/")

INSTALLED_APPS = [
    "partners",
    "market",
    "challenges",
    "factory.apps.FactoryConfig",
    "factory.journal",
    "factory.notices",
    "factory.coordination",
    "factory.knowledge",
    "factory.meaning",
    "factory.files",
    "factory.admin_config.FactoryAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "pgtrigger",
]

MIDDLEWARE = [
    # Headers first, so that every answer carries them: static files, redirects and errors too.
    "factory.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "factory.middleware.PackMiddleware",
    "factory.limits.PaceMiddleware",
    "django.middleware.locale.LocaleMiddleware",  # before input is refused, in the reader's language
    "factory.middleware.BadInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "factory.limits.LimitsMiddleware",
    "factory.gate.GateMiddleware",
    "factory.coordination.looking.LookingMiddleware",
    "factory.taking_back.TakeBackMiddleware",
]

ROOT_URLCONF = "factory.urls"
WSGI_APPLICATION = "factory.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "factory.context.site",
            ],
        },
    }
]
FORM_RENDERER = "factory.forms.Renderer"
FORMS_URLFIELD_ASSUME_HTTPS = True  # what Django 6 does

# The application's role may not touch the journal's past; migrations run as the owner.
DATABASE_URL = os.environ.get("DATABASE_URL", "postgres://factory_app@/factory?host=/tmp")
OWNER_URL = os.environ.get("DATABASE_OWNER_URL", DATABASE_URL)
AS_OWNER = flag("AS_DATABASE_OWNER")
# An empty list for pgtrigger: without one each trigger begins with an error that it catches, which costs more
# than most triggers, and ever more as a transaction grows.
LIMITS = (
    "-c pgtrigger.ignore={} -c lock_timeout=3s -c idle_in_transaction_session_timeout=30s "
    "-c statement_timeout="
)
_door = (OWNER_URL, LIMITS + "0") if AS_OWNER else (DATABASE_URL, LIMITS + "15s")
DATABASES = {"default": database(*_door)}

# Redis is the broker and nothing else: with it away, people still sign in.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "factory_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if PRODUCTION:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Celery only wakes things up; see factory/notices for what carries the mail.
CELERY_BROKER_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": "factory:",
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "max_retries": 0,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
ONE_AT_A_TIME = {"expires": 15}
CELERY_BEAT_SCHEDULE = {
    "deliver": {"task": "factory.notices.tasks.deliver", "schedule": 15, "options": ONE_AT_A_TIME},
    "heartbeat": {"task": "factory.tasks.heartbeat", "schedule": 15},
    "seal": {"task": "factory.journal.tasks.seal", "schedule": 60},
    "clocks": {"task": "factory.tasks.make_due_moves", "schedule": 60},
    "digests": {"task": "factory.notices.tasks.digests", "schedule": crontab(minute="*/10")},
    "files": {"task": "factory.files.tasks.sweep_files", "schedule": crontab(minute=20)},
    "notes": {"task": "factory.coordination.tasks.forget_notes", "schedule": crontab("0", "3")},
    "imports": {"task": "partners.tasks.go_on", "schedule": 30, "options": {"expires": 30}},
    "searches": {"task": "partners.tasks.search", "schedule": 60, "options": {"expires": 60}},
    "closing": {"task": "market.tasks.close", "schedule": crontab(minute=25)},
    "drafts": {"task": "market.tasks.drop_drafts", "schedule": crontab(minute=35)},
    "suggestions": {"task": "market.tasks.sweep", "schedule": 30},
    "rounds": {"task": "market.tasks.go_round", "schedule": 60, "options": {"expires": 60}},
    "shelves": {"task": "market.tasks.shelve", "schedule": 60, "options": {"expires": 60}},
    "reading": {"task": "factory.meaning.tasks.sweep", "schedule": 20, "options": {"expires": 20}},
}

EMBEDDER = os.environ.get("EMBEDDER", "" if MODE == "test" else "factory.meaning.embedders.Both")
MEANING_SAMPLE_SECONDS = 0 if MODE == "test" else 600
MEANING_RETRY_SECONDS = 0 if MODE == "test" else 60  # a model that broke rests so long

AUTH_USER_MODEL = "partners.Person"
AUTHENTICATION_BACKENDS = ["factory.reader.ReaderBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if MODE == "test":  # half a second for every person made would make the tests slow
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
ACCOUNT_ADAPTER = "factory.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "factory.me.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = (
    True  # one address a person; the old one holds until the new one is confirmed
)
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
STAFF_SESSION_AGE = 60 * 60 * 12
TERMS_VERSION = "2026-11"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "1" if PRODUCTION else "0"))
MFA_ADAPTER = "factory.accounts.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "activate_totp": "factory.account_forms.ActivateTOTPForm",
    "add_webauthn": "factory.account_forms.AddWebAuthnForm",
    "authenticate_webauthn": "factory.account_forms.AuthenticateWebAuthnForm",
    "reauthenticate_webauthn": "factory.account_forms.ReauthenticateWebAuthnForm",
    "login_webauthn": "factory.account_forms.LoginWebAuthnForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "Social Impact Factory"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = "factory.formats"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = ROOT / "var/static"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", ROOT / "var/media"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
FILE_UPLOAD_HANDLERS = [
    "factory.files.handlers.LimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
UPLOAD_MOST_BYTES = 10_000_000  # one file
UPLOAD_MOST_FILES_TOGETHER = 200  # of one organisation
UPLOAD_MOST_BYTES_TOGETHER = 200_000_000
UPLOAD_SCANNER = os.environ.get("UPLOAD_SCANNER", "")  # such as factory.files.scanning.clamd
CLAMD_ADDRESS = os.environ.get("CLAMD_ADDRESS", "clamd:3310")

EMAIL_HOST = os.environ.get("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "8025"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
MAIL_DOMAIN = os.environ.get("MAIL_DOMAIN", "socialimpactfactory.example")
DEFAULT_FROM_EMAIL = f"Social Impact Factory <hallo@{MAIL_DOMAIN}>"
FRONT_DESK = {
    "name": os.environ.get("FRONT_DESK_NAME", "Social Impact Factory"),
    "phone": os.environ.get("FRONT_DESK_PHONE", "030 555 01 20"),
    "email": os.environ.get("FRONT_DESK_EMAIL", f"hallo@{MAIL_DOMAIN}"),
}
DEV_MAIL_DIR = Path(os.environ.get("DEV_MAIL_DIR", ROOT / "var/mail"))

# How long a coordinator's move that sends mail can be taken back; its mail waits that long.
TAKE_BACK_SECONDS = int(os.environ.get("TAKE_BACK_SECONDS", "300" if PRODUCTION else "20"))
MAIL_LINK_DAYS, SUGGESTIONS_A_WEEK = 30, int(os.environ.get("SUGGESTIONS_A_WEEK", "12"))

SECURE_SSL_REDIRECT = PRODUCTION and not flag("NO_SSL_REDIRECT")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 63_072_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        "accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi payment usb"
    ).split()
}
PERMISSIONS_POLICY |= {f"publickey-credentials-{way}": "self" for way in ("get", "create")}

LOGGING = configure(os.environ.get("LOG_LEVEL", "INFO"), as_json=PRODUCTION)
