"""Settings of the site, all from the environment; .env.example lists every variable.

Without DATABASE_URL the site runs on the embedded PostgreSQL, for trying it out: demo accounts, no mail server.
With DATABASE_URL it is production: SECRET_KEY and SITE_ORIGIN are required, staff need a second factor.
A value that is missing or not allowed stops the start (`env.WrongSetting`).
"""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog
from csp.constants import NONCE, NONE, SELF
from js_asset import Script, Stylesheet

from aapm_site.core.runtime import embedded, env, log_privacy, signing_keys

BASE_DIR = Path(__file__).resolve().parent.parent
# The data that is not in the database: files, mail without a mail server, and the embedded database itself.
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")

EMBEDDED = not env.text("DATABASE_URL")
DEBUG = env.flag("DEBUG", default=False)
if DEBUG and not EMBEDDED:
    raise env.wrong("DEBUG", "off when DATABASE_URL is set")
# Demonstration content and accounts with known passwords: never outside the embedded database.
DEMO = EMBEDDED


def _secret_key() -> str:
    """SECRET_KEY, or on the embedded database one that is made once and kept in VAR_DIR."""
    key = env.text("SECRET_KEY")
    if EMBEDDED and not key:
        return env.kept_secret(VAR_DIR / "secret_key")
    if not EMBEDDED and len(key) < 50:
        raise env.wrong("SECRET_KEY", "50 or more random characters")
    return key


SECRET_KEY = _secret_key()


def _factor_keys() -> list[str]:
    """FACTOR_KEYS, or on the embedded database one that is made once and kept in VAR_DIR."""
    keys = env.words("FACTOR_KEYS")
    if EMBEDDED and not keys:
        return [env.kept_secret(VAR_DIR / "factor_key")]
    if not keys or any(len(key) < 32 for key in keys):
        raise env.wrong("FACTOR_KEYS", "a key of 32 or more random characters; while it is changed, the new one first")
    return keys


FACTOR_KEYS = _factor_keys()
# `manage.py serve` listens here. Other machines reach the site through a proxy, or in a container.
BIND = env.text("BIND", "127.0.0.1")
PORT = env.number("PORT", 8000, least=1, most=65535)
WEB_WORKERS = env.number("WEB_WORKERS", 2, least=1, most=64)
WEB_THREADS = env.number("WEB_THREADS", 4, least=1, most=64)
# The origin that links in mail carry; never taken from a request.
SITE_ORIGIN = env.url(
    "SITE_ORIGIN",
    f"http://localhost:{PORT}" if EMBEDDED else "",
    schemes=("https", "http"),
    example="https://www.example.org",
).rstrip("/")
_origin = urlsplit(SITE_ORIGIN)
HTTPS = _origin.scheme == "https"
if _origin.path or not (HTTPS or EMBEDDED or _origin.hostname == "localhost"):
    raise env.wrong("SITE_ORIGIN", "https:// and a host, without a path (http:// only with localhost)")
_here = ["localhost", "127.0.0.1", "[::1]"] if EMBEDDED else []
ALLOWED_HOSTS = list(dict.fromkeys([_origin.hostname, *_here, *env.words("ALLOWED_HOSTS")]))
if "*" in ALLOWED_HOSTS:
    raise env.wrong("ALLOWED_HOSTS", "the hosts of the site by name, separated by commas, not *")

INSTALLED_APPS = [
    "aapm_site.core",
    "aapm_site.mail",
    "aapm_site.accounts",
    "aapm_site.billing",
    "content",
    "content.wordpress",
    "careers",
    "membership",
    "aapm_site.core.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_prose_editor",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "aapm_site.core.http.middleware.HealthMiddleware",
    "content.middleware.FormerSiteMiddleware",
    "aapm_site.core.cache.page_cache.PageCacheMiddleware",
    "aapm_site.core.http.middleware.CompressionMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "aapm_site.core.http.content_policy.ContentPolicyMiddleware",
    "aapm_site.core.http.middleware.HeadersMiddleware",
    "aapm_site.core.http.request_log.RequestLogMiddleware",
    "aapm_site.core.http.middleware.MethodsMiddleware",
    "aapm_site.core.http.middleware.UnavailableMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "aapm_site.accounts.middleware.StaffRightsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "aapm_site.accounts.middleware.SessionActivityMiddleware",
    "aapm_site.accounts.middleware.StaffSecondFactorMiddleware",
    "aapm_site.accounts.middleware.SessionEndedMiddleware",
    "membership.middleware.ViewingMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "aapm_site.core.http.middleware.FormAddressMiddleware",
    "content.middleware.OldAddressMiddleware",
]

ROOT_URLCONF = "aapm_site.urls"
WSGI_APPLICATION = "aapm_site.wsgi.application"
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
                "aapm_site.core.http.context.site",
            ],
            "builtins": [
                "aapm_site.core.templatetags.ui",
                "aapm_site.core.templatetags.components",
                "aapm_site.core.templatetags.remembering",
            ],
        },
    }
]
FORM_RENDERER = "aapm_site.core.forms.SiteRenderer"

# --- database ---------------------------------------------------------------------------------------------------------
# A web process shares this many connections among its threads; commands and the worker open their own.
DB_POOL = env.number("DB_POOL", 0, least=0, most=100)
# Whether the server keeps what `core.statements` asks over and over, for as long as a connection lasts.
PREPARED_STATEMENTS = env.flag("PREPARED_STATEMENTS", default=True)
_database = env.database("DATABASE_URL", embedded.database_url(VAR_DIR / "pg") if EMBEDDED else "")
_pool = {"pool": {"min_size": 1, "max_size": DB_POOL, "timeout": 10}} if DB_POOL else {}
DATABASES = {
    "default": _database
    | {
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            # Rows lie in memory or on a disk without arms, where jumping about in an index costs no more than walking.
            "options": "-c statement_timeout=30000 -c lock_timeout=10000 -c random_page_cost=1.1",
            "prepare_threshold": 1 if PREPARED_STATEMENTS else None,  # kept from the second time on that one is asked
            **_database["OPTIONS"],
            **_pool,
        },
        "TEST": {"NAME": "test_aapm"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.url("REDIS_URL", schemes=("redis", "rediss", "unix"), example="redis://host:6379/0")
_database_cache = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "core_cache",
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}
_redis_cache = {
    "BACKEND": "aapm_site.core.cache.redis.SharedRedisCache",
    "LOCATION": REDIS_URL,
    "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},  # seconds
    "MEANWHILE": _database_cache,  # while it is away
}
CACHES = {"default": _redis_cache if REDIS_URL else _database_cache}
PAGE_CACHE = env.flag("PAGE_CACHE", default=True)
REMEMBERED_READS = env.flag("REMEMBERED_READS", default=True)
# Whether a read that remembers what could be changed raises; otherwise it is logged and not remembered.
CHECK_REMEMBERED = DEBUG

# --- people -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "aapm_site.accounts.backends.AccountBackend",
    "membership.backends.MembershipBackend",
    "content.backends.PublicPagesBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/account/"
LOGOUT_REDIRECT_URL = "/"
# Staff reach the admin only with a second factor. Off only for trying the site out with the printed password.
STAFF_MFA_REQUIRED = env.flag("STAFF_MFA_REQUIRED", default=not DEMO)
if not STAFF_MFA_REQUIRED and not EMBEDDED:
    raise env.wrong("STAFF_MFA_REQUIRED", "on when DATABASE_URL is set")

ACCOUNT_ADAPTER = "aapm_site.accounts.adapter.AccountAdapter"
MFA_ADAPTER = "aapm_site.accounts.adapter.MFAAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# One address a person; a new one takes the old one's place once its code has been typed.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# Codes may come late; they are long, good once, and die after three wrong ones.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Behind our own (accounts/sign_in_limits.py), and looser: where an address is counted, far above what ours let by.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,300/h/key",
    "request_login_code": "60/m/ip,100/h/key",
    "reset_password": "60/m/ip,100/h/key",
    "reset_password_from_key": "60/m/ip",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "add_email": "aapm_site.accounts.forms.AddEmailForm",
    "change_password": "aapm_site.accounts.forms.ChangePasswordForm",
    "confirm_email_verification_code": "aapm_site.accounts.forms.ConfirmEmailVerificationCodeForm",
    "confirm_login_code": "aapm_site.accounts.forms.ConfirmLoginCodeForm",
    "confirm_password_reset_code": "aapm_site.accounts.forms.ConfirmPasswordResetCodeForm",
    "login": "aapm_site.accounts.forms.LoginForm",
    "reauthenticate": "aapm_site.accounts.forms.ReauthenticateForm",
    "request_login_code": "aapm_site.accounts.forms.RequestLoginCodeForm",
    "reset_password": "aapm_site.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "aapm_site.accounts.forms.ResetPasswordKeyForm",
    "set_password": "aapm_site.accounts.forms.SetPasswordForm",
    "signup": "aapm_site.accounts.forms.SignupForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0, least=0, most=5)
if not EMBEDDED and not ALLAUTH_TRUSTED_PROXY_COUNT and BIND not in {"127.0.0.1", "::1", "localhost"}:
    # Whoever sends a request slowly holds one of the few threads; a proxy that buffers requests keeps them free.
    raise env.wrong("BIND", "127.0.0.1, ::1 or localhost, unless TRUSTED_PROXY_COUNT says that a proxy stands in front")
MFA_FORMS = {
    "activate_totp": "aapm_site.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "aapm_site.accounts.forms.AddWebAuthnForm",
    "authenticate": "aapm_site.accounts.forms.AuthenticateForm",
    "authenticate_webauthn": "aapm_site.accounts.forms.AuthenticateWebAuthnForm",
    "edit_webauthn": "aapm_site.accounts.forms.EditWebAuthnForm",
    "login_webauthn": "aapm_site.accounts.forms.LoginWebAuthnForm",
    "reauthenticate": "aapm_site.accounts.forms.MFAReauthenticateForm",
    "reauthenticate_webauthn": "aapm_site.accounts.forms.ReauthenticateWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey cannot be guessed, so no stranger of the same network may use up its tries.
MFA_RATE_LIMITS = {"webauthn_login": ""}
MFA_TOTP_ISSUER = "AAPM"
# One step of thirty seconds either way, as RFC 6238 section 5.2 advises: clocks differ, and people type slowly.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED
USERSESSIONS_TRACK_ACTIVITY = True


# --- letting members in elsewhere -------------------------------------------------------------------------------------
def _openid_keys() -> list[str]:
    """The keys of OPENID_KEYS, or on the embedded database one that is made once and kept in VAR_DIR."""
    keys = signing_keys.read_keys("OPENID_KEYS", env.words("OPENID_KEYS"))
    return [signing_keys.kept_key(VAR_DIR / "openid_key.pem")] if EMBEDDED and not keys else keys


# The first signs; all are published. Without any, members are let in nowhere else and its addresses are not there.
OPENID_KEYS = _openid_keys()
IDP_OIDC_ADAPTER = "aapm_site.accounts.passage.adapter.PassageAdapter"
IDP_OIDC_PRIVATE_KEYS = [{"pem": key} for key in OPENID_KEYS]
IDP_OIDC_AUTH_METHODS = ["client_secret_basic", "client_secret_post", "none"]

# --- headers ----------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^workerz$"]
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
# Never in the cache: a session that was ended while the cache was away would be there again with it.
SESSION_ENGINE = "aapm_site.accounts.session_store"
DEVICE_COOKIE_NAME = "__Host-device" if HTTPS else "device"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "aapm_site.core.views.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The nonce is sent only by a form that asks for one: the rich text editor's import map.
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- mail -------------------------------------------------------------------------------------------------------------
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587, least=1, most=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_SECURITY = env.choice("EMAIL_SECURITY", "starttls", ("starttls", "tls", "none"))
EMAIL_USE_TLS = EMAIL_SECURITY == "starttls"
EMAIL_USE_SSL = EMAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 20
# Without a mail server, mail is written to files; staff see it in the admin either way.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.mailbox("DEFAULT_FROM_EMAIL", "noreply@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where letters that cannot be delivered come back to: name+…@domain leads to one mailbox, read when its host is set.
BOUNCE_ADDRESS = env.address("BOUNCE_ADDRESS")
BOUNCE_IMAP_HOST = env.text("BOUNCE_IMAP_HOST")
BOUNCE_IMAP_PORT = env.number("BOUNCE_IMAP_PORT", 993, least=1, most=65535)
BOUNCE_IMAP_USER = env.text("BOUNCE_IMAP_USER")
BOUNCE_IMAP_PASSWORD = env.text("BOUNCE_IMAP_PASSWORD")
# How long staff wait before an account or an organization is given to somebody who lost the way in.
# From so many different readers on, a report hides a position of an employer whom staff have not verified.
JOB_REPORTS_TO_HIDE = env.number("JOB_REPORTS_TO_HIDE", 3, least=2, most=50)
RECOVERY_HOURS = env.number("RECOVERY_HOURS", 72, least=24, most=720)
# Where questions and applications are announced.
STAFF_EMAIL = env.mailbox("STAFF_EMAIL", "staff@localhost")
# Links to other sites are tried once a week. Off while trying the site out: that should ask nobody anything.
LINK_CHECKS = env.flag("LINK_CHECKS", default=not EMBEDDED)

# --- paying by card ---------------------------------------------------------------------------------------------------
# Both keys of the provider, or neither. On the embedded database without keys a stand-in plays the provider.
STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY")
STRIPE_WEBHOOK_SECRET = env.text("STRIPE_WEBHOOK_SECRET")
STRIPE_API_BASE = env.url(
    "STRIPE_API_BASE",
    "https://api.stripe.com",
    schemes=("https", "http") if EMBEDDED else ("https",),  # the key travels with each request
    example="https://api.stripe.com",
).rstrip("/")
STRIPE_TIMEOUT = (3, 7)  # seconds to connect and to answer: at most ten a request
_wanted = "a secret that begins with whsec_, beside STRIPE_SECRET_KEY"
if STRIPE_WEBHOOK_SECRET and not STRIPE_WEBHOOK_SECRET.startswith("whsec_"):
    raise env.wrong("STRIPE_WEBHOOK_SECRET", _wanted)
if (STRIPE_SECRET_KEY or STRIPE_WEBHOOK_SECRET) and not STRIPE_SECRET_KEY.startswith(("sk_", "rk_")):
    raise env.wrong("STRIPE_SECRET_KEY", "a key that begins with sk_ or rk_, beside STRIPE_WEBHOOK_SECRET")
if STRIPE_SECRET_KEY and not STRIPE_WEBHOOK_SECRET:
    raise env.wrong("STRIPE_WEBHOOK_SECRET", _wanted)
CARD_STANDIN = EMBEDDED and not STRIPE_SECRET_KEY
CARD_PAYMENTS = CARD_STANDIN or bool(STRIPE_SECRET_KEY)
if CARD_STANDIN:
    STRIPE_SECRET_KEY = "sk_test_standin"  # noqa: S105 - known to all: it opens the demonstration only
    STRIPE_WEBHOOK_SECRET = f"whsec_{env.kept_secret(VAR_DIR / 'card_secret')}"
    STRIPE_API_BASE = f"{SITE_ORIGIN}/demo-card"
# The addresses that take DELETE: those of the stand-in, by which a kept card is forgotten.
DELETES_BELOW = "/demo-card/v1/" if CARD_STANDIN else ""
# Where the page that takes the card lies, for the policy of the forms that lead there.
STRIPE_CHECKOUT_ORIGIN = "https://checkout.stripe.com" if CARD_PAYMENTS and not CARD_STANDIN else ""

# --- language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-us"
USE_I18N = False
FORMAT_MODULE_PATH = "aapm_site.core.formats"
USE_TZ = True
TIME_ZONE = env.zone("TIME_ZONE", "America/Chicago")

# --- rich text: our own preset of the editor, which injects no style --------------------------------------------------
DJANGO_PROSE_EDITOR_PRESETS = {
    "site": [Stylesheet("css/editor.css", media="all"), Script("js/prose.js", type="module")],
}

# --- files ------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]

# Towns and ZIP codes, loaded by `manage.py load_gazetteer`.
GAZETTEER = BASE_DIR / "aapm_site" / "accounts" / "gazetteer"
STATICFILES_FINDERS = [
    "aapm_site.core.runtime.staticfiles.BundleFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# With a bucket all machines see the same files; without, they lie in VAR_DIR.
S3_BUCKET = env.text("S3_BUCKET")
if S3_BUCKET and not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", S3_BUCKET):
    raise env.wrong("S3_BUCKET", "a bucket's name: 3 to 63 small letters, digits, hyphens and dots")
S3_REGION = env.text("S3_REGION", "us-east-1")
S3_ENDPOINT = env.url("S3_ENDPOINT", schemes=("https", "http"), example="https://objects.example.org").rstrip("/")
if S3_ENDPOINT.startswith("http:") and urlsplit(S3_ENDPOINT).hostname not in {"localhost", "127.0.0.1"}:
    raise env.wrong("S3_ENDPOINT", "an address like https://objects.example.org (http:// only with localhost)")
S3_ACCESS_KEY, S3_SECRET_KEY = env.text("S3_ACCESS_KEY"), env.text("S3_SECRET_KEY")
if S3_ACCESS_KEY and not S3_SECRET_KEY:
    raise env.wrong("S3_SECRET_KEY", "the secret of S3_ACCESS_KEY, or neither of them")
if S3_SECRET_KEY and not S3_ACCESS_KEY:
    raise env.wrong("S3_ACCESS_KEY", "the name of S3_SECRET_KEY, or neither of them")
if not S3_BUCKET and (S3_ENDPOINT or S3_ACCESS_KEY):
    raise env.wrong("S3_BUCKET", "the bucket that S3_ENDPOINT and the keys are for")


def _kept_in(folder: str) -> dict[str, Any]:
    """A storage: a folder of the bucket, or one of VAR_DIR."""
    if not S3_BUCKET:
        location = {"location": VAR_DIR / folder}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": location}
    options = {
        "bucket_name": S3_BUCKET,
        "location": folder,
        "region_name": S3_REGION,
        "endpoint_url": S3_ENDPOINT or None,
        "access_key": S3_ACCESS_KEY or None,
        "secret_key": S3_SECRET_KEY or None,
    }
    return {"BACKEND": "aapm_site.core.files.bucket.BucketStorage", "OPTIONS": options}


STORAGES = {
    "default": _kept_in("media"),
    # Never below MEDIA_ROOT: only a view that asks for access may hand these out.
    "private": _kept_in("private"),
    "staticfiles": {
        "BACKEND": "aapm_site.core.runtime.staticfiles.SiteStaticFilesStorage",
        "OPTIONS": {"file_permissions_mode": 0o644},  # in the image they are made by root and read by another user
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- logs -------------------------------------------------------------------------------------------------------------
_shared: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    log_privacy.without_typed_words,
    structlog.processors.ExceptionRenderer(log_privacy.format_fault),
]
structlog.configure(
    processors=[structlog.stdlib.filter_by_level, *_shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOG_LEVEL = env.choice(
    "LOG_LEVEL", "WARNING" if EMBEDDED else "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": _shared,
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "level": LOG_LEVEL, "propagate": False},
        # These tell at every start of every process which tasks exist.
        "procrastinate.blueprints": {"level": "WARNING"},
        "procrastinate.periodic": {"level": "WARNING"},
        # At DEBUG these would write down what a request for a payment holds, and its answer.
        "stripe": {"level": "WARNING"},
        # At DEBUG this would write down signatures and the names of private files.
        "botocore": {"level": "WARNING"},
        "boto3": {"level": "WARNING"},
        "s3transfer": {"level": "WARNING"},
    },
}

# --- background work --------------------------------------------------------------------------------------------------
PROCRASTINATE_IMPORT_PATHS = ["aapm_site.core.tasks"]
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": env.number("WORKER_CONCURRENCY", 4, least=1, most=50)}

SILENCED_SYSTEM_CHECKS = ["security.W002"]  # X-Frame-Options is sent by core's HeadersMiddleware
os.environ.setdefault("PGTZ", "UTC")
