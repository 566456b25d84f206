"""Settings; everything that differs between installations comes from the environment."""

from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from governance import archive_storage

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("UPPSIKT_DATA_DIR", str(BASE_DIR / "data")))

DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("UPPSIKT_DEMO", False)
SECRET_KEY = env.str("SECRET_KEY")
# What the vault of logins is encrypted with, the newest first; empty: there is no vault (accounts/credentials/keys.py).
CREDENTIAL_KEYS: list[str] = env.list("CREDENTIAL_KEYS", [])
BASE_URL = env.str("BASE_URL", "http://localhost:8000")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = [BASE_URL]

ROOT_URLCONF = "governance.urls"
WSGI_APPLICATION = "governance.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "governance.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "governance",
    "accounts",
    "archive",
    "moderation",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "pgtrigger",
    "django_cotton",
    "django_filters",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "governance.middleware.refuse_nul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "governance.middleware.treat_alike",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "governance.middleware.keep_out_of_caches",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

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
                "governance.context.shell",
                "governance.demo.logins.demo_logins",
            ],
        },
    },
]
COTTON_DIR = "cotton"

DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)}

# A broker or cache that hangs is given up on, so that no request hangs with it.
STORE_TIMEOUTS = {"socket_timeout": 3, "socket_connect_timeout": 3}
REDIS_URL = env.str("REDIS_URL", "redis://localhost:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.str("CACHE_URL", "redis://localhost:6379/1"),
        "OPTIONS": STORE_TIMEOUTS,
    }
}

# --- Tasks -----------------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True  # a worker killed in the middle leaves its task to the next one
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    **STORE_TIMEOUTS,
    "connect_retries_timeout": 2,  # seconds after which a request tries no second connection
    "visibility_timeout": 1800,
}
CELERY_IMPORTS = ["governance.password_reset"]
CELERY_TIMEZONE = "Europe/Stockholm"
CELERY_BEAT_MAX_LOOP_INTERVAL = 10  # beat's sign of life comes at least this often
CELERY_TASK_ROUTES = {"archive.tasks.run_snapshot": {"queue": "capture"}}
CELERY_BEAT_SCHEDULE = {
    "run-follow-ups": {"task": "governance.tasks.run_follow_ups", "schedule": 60},
    "deliver-notices": {"task": "governance.tasks.deliver_notices", "schedule": 60},
    "deliver-invitations": {"task": "governance.tasks.deliver_invitations", "schedule": 60},
    "carry-out-imports": {"task": "governance.tasks.carry_out_imports", "schedule": 60},
    "forget-imports": {"task": "governance.tasks.forget_imports", "schedule": crontab(hour=3, minute=50)},
    "seal-audit": {"task": "governance.tasks.seal_audit", "schedule": 60},
    "pass-approvals-up": {"task": "accounts.tasks.pass_approvals_up", "schedule": 600},
    "refresh-due-findings": {"task": "governance.tasks.refresh_due_findings", "schedule": 180},
    "keep-seasons": {"task": "accounts.tasks.keep_seasons", "schedule": crontab(hour=0, minute=15)},
    "refresh-access": {"task": "accounts.tasks.refresh_access", "schedule": crontab(hour=0, minute=25)},
    "let-leavers-go": {"task": "governance.tasks.let_leavers_go", "schedule": crontab(hour=0, minute=2)},
    "refresh-role-dates": {"task": "governance.tasks.refresh_role_dates", "schedule": crontab(hour=0, minute=5)},
    "evaluate-everything": {
        "task": "governance.tasks.evaluate_everything",
        "schedule": crontab(hour=3, minute=20),
    },
    "make-exports": {"task": "archive.tasks.make_exports", "schedule": 60},
    "remove-old-exports": {"task": "archive.tasks.remove_old_exports", "schedule": crontab(hour=2, minute=40)},
    "send-handovers": {"task": "archive.tasks.send_handovers", "schedule": 60},
    "receive-diary-numbers": {"task": "archive.tasks.receive_diary_numbers", "schedule": 300},
    "seal-records": {"task": "archive.tasks.seal_records", "schedule": 60},
    "renew-locks": {"task": "archive.tasks.renew_locks", "schedule": crontab(hour=2, minute=40)},
    "check-archive": {"task": "archive.tasks.check_archive", "schedule": crontab(hour=2, minute=50)},
    "carry-out-disposals": {"task": "archive.tasks.carry_out_disposals", "schedule": 60},
    "set-disposal-days": {"task": "archive.tasks.set_disposal_days", "schedule": crontab(hour=1, minute=30)},
    "resume-snapshots": {"task": "archive.tasks.resume_snapshots", "schedule": 60},
    "open-snapshot-campaign": {
        "task": "archive.tasks.open_snapshot_campaign",
        "schedule": crontab(hour=4, minute=10),
    },
    "plan-rounds": {"task": "moderation.tasks.plan_rounds", "schedule": crontab(minute=5)},
    "clean-public-reports": {"task": "accounts.tasks.clean_reports", "schedule": crontab(hour=4, minute=40)},
    "remind-missed-rounds": {"task": "moderation.tasks.remind_missed_rounds", "schedule": 300},
}

# --- Files -----------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "media"},
    },
    "archive": archive_storage.chosen(env, DATA_DIR),  # a folder, or a bucket
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# What a file with a register to read in may weigh; whatever is larger is thrown away while it comes.
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", 10 * 1024 * 1024)
LOGO_MAX_BYTES = 2 * 1024 * 1024
# What one file for the archive may weigh (a platform's own export is large), and all of one form together.
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", 2 * 1024**3)
UPLOAD_MAX_TOGETHER_BYTES = env.int("UPLOAD_MAX_TOGETHER_BYTES", 4 * 1024**3)
# On the disk of the data, never in memory: /tmp may be memory.
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "incoming"
FILE_UPLOAD_HANDLERS = [
    # Where a view wants only the SHA-256 of what it is sent, nothing of it reaches the others.
    "governance.hashed_uploads.HashingHandler",
    "governance.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "governance.uploads.OnDisk",
]

# --- Mail ------------------------------------------------------------------------------------------------
EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", "Uppsikt <uppsikt@localhost>")
DEMO_MAIL_DIR = Path(env.str("UPPSIKT_MAIL_DIR", str(DATA_DIR / "mail")))

# --- Capture ---------------------------------------------------------------------------------------------
# The one inside address that a capture may reach: the demo platform. Read in demo mode only.
CAPTURE_ALLOWED_HOST = env.str("CAPTURE_ALLOWED_HOST", None) if DEMO else None
# How many snapshots the capture worker takes at a time; its --concurrency says the same.
CAPTURE_WORKERS = env.int("CAPTURE_WORKERS", 2)
DEMO_PLATFORM_URL = env.str("DEMO_PLATFORM_URL", "http://localhost:8765")

# --- Diary -----------------------------------------------------------------------------------------------
# Where handovers by folder lie, a folder for each diary that reads them; and what a mail to a registrar may weigh.
DIARY_DIR = Path(env.str("DIARY_DIR", str(DATA_DIR / "diary")))
DIARY_MAIL_MAX_BYTES = env.int("DIARY_MAIL_MAX_BYTES", 20 * 1024 * 1024)

# Where exports of the archive wait to be fetched.
EXPORT_DIR = Path(env.str("EXPORT_DIR", str(DATA_DIR / "exports")))

# --- Language and time -----------------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# --- Login -----------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["governance.login.LoginBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "governance:start-show"
ACCOUNT_ADAPTER = "governance.login.LoginAdapter"
ACCOUNT_FORMS = {"reset_password": "governance.login.ResetForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody learns who has a login here
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are entered by the municipality, never by themselves
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
# How many proxies of the municipality's own stand in front; none is believed about where a request comes from unless
# it is counted here.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0)
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # allauth's own pages ask as often as ours (governance.fresh)
# Where a person who has only single sign-on begins a new round trip; none while no such door is set up.
SINGLE_SIGN_ON_LOGIN = ""
MFA_ADAPTER = "governance.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Uppsikt"
GUARDIAN_MONKEY_PATCH_USER = False
SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",  # object permissions are asked in governance.access, not through a backend
    "files.E001",  # the folder of incoming files is made when the first comes (governance.uploads)
]
ANONYMOUS_USER_NAME = None

# --- Security --------------------------------------------------------------------------------------------
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
SECURE_HSTS_SECONDS = 31536000 if SESSION_COOKIE_SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "governance.logs.HarmlessFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"weasyprint": {"level": "ERROR"}, "fontTools": {"level": "WARNING"}},
}
