"""Every setting, read from the environment; what each name means stands in docs/operations.md.

ROYPALANG_ENV is `local` (the default: plain http on this machine, a key kept in var/) or
`production` (https only; SECRET_KEY, ALLOWED_HOSTS and SITE_URL must be given).
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from roypalang.bucket import checked
from roypalang.databases import databases
from roypalang.environment import (
    BASE_DIR,
    PRODUCTION,
    VAR_DIR,
    is_on,
    mailers,
    metrics_token,
    providers,
    required,
    secret_key,
    several,
    vapid_key,
)
from roypalang.logs import LOGGING as LOGGING
from roypalang.paces import *  # noqa: F403 - settings of ours, by their names

DEBUG = is_on("ROYPALANG_DEBUG")

# -- Who we are ---------------------------------------------------------------------------------

SECRET_KEY = secret_key()
# Keys of before: what they signed and encrypted counts on, nothing new is made with them.
SECRET_KEY_FALLBACKS = several("SECRET_KEY_FALLBACKS")

SITE_NAME = "ร้อยพลัง"
SITE_URL = required("SITE_URL", local="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = required("ALLOWED_HOSTS", local="127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# -- What is installed --------------------------------------------------------------------------

INSTALLED_APPS = [
    "accounts",
    "forums",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # allauth's session list speaks of "3 minutes ago"
    "roypalang.apps.Admin",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "roypalang.apps.StaticFiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",  # its tables are there, empty, also where no provider is on
    "taggit",
]

MIDDLEWARE = [
    "roypalang.request_ids.named_requests",
    "roypalang.metrics.MeasureRequests",
    "roypalang.tally.Tallied",
    "roypalang.slow_statements.slow_statements",
    "roypalang.middleware.unknown_proxy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "forums.privacy.traffic.recording.RecordTraffic",
    "forums.moderation.crawlers.limits.known_crawlers",
    "roypalang.middleware.content_security_policy",
    "roypalang.middleware.known_methods",
    "roypalang.middleware.redirects_asked_again",
    "roypalang.middleware.private_to_members",
    "roypalang.middleware.no_powers",
    "roypalang.compression.Compress",
    "roypalang.kept_pages.KeepPages",
    "roypalang.middleware.refuse_nul_bytes",
    "roypalang.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "roypalang.kept_pages.GivePages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.signed_in.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "roypalang.middleware.AnswerRefusals",
    "roypalang.middleware.PaceOfWriting",
    "forums.moderation.crawlers.limits.PaceOfReading",
    "roypalang.replicas.middleware.ReadFromReplicas",
    "roypalang.middleware.addresses_as_passed_on",
    "roypalang.drawings.only_what_is_shown",
]

ROOT_URLCONF = "roypalang.urls"
WSGI_APPLICATION = "roypalang.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # Compiled once a process, ours without their indentation (decision 035).
            "loaders": [
                (
                    "roypalang.templates.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.display",
                "forums.notifications.inbox.context.unread",
                "accounts.context.blocked",
                "accounts.context.mail_stopped",
                "forums.groups.memberships.context.waiting",
                "forums.reading.messages.context.unread_messages",
                "forums.pages.context.site",
            ],
        },
    }
]

# -- Where things are kept ----------------------------------------------------------------------

DATABASES = databases()
# Where there are replicas, what is only read may come from one of them.
DATABASE_ROUTERS = ["roypalang.replicas.routing.ReplicaRouter"] if len(DATABASES) > 1 else []

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What machines share for a while; without it all of it is in the database.
REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES: dict[str, dict[str, Any]] = {
    # Shared between processes, because rate limits live in it. What is over is deleted by the letters' service; beyond
    # this many, counts that are not over go as well, and who was held by one is free: 40 MB, which no busy day fills.
    "default": {
        "BACKEND": "roypalang.shared_cache.SharedCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    # A process's own, for a minute: what is the same on many pages. Some 600 of them are heads, menus, footers and
    # lists; the rest is for the neighbours of networks that are looked at, 2 to 20 kB each, so 20 MB at most.
    "process": {
        "BACKEND": "roypalang.process_cache.ProcessCache",
        "TIMEOUT": 60,
        "OPTIONS": {"MAX_ENTRIES": 1_000, "STAMP": VAR_DIR / "forgotten"},
    },
}
if REDIS_URL:
    CACHES["default"]["BACKEND"] = "roypalang.redis_cache.RedisFirst"
    for _cache in CACHES.values():
        _cache["OPTIONS"]["REDIS_URL"] = REDIS_URL

STATIC_URL, STATIC_ROOT = "static/", VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR_DIR / "media"))
COPIES_ROOT = Path(os.environ.get("COPIES_ROOT", VAR_DIR / "copies"))
# Where several machines serve: pictures lie in this bucket, and MEDIA_ROOT has only what is drawn again when it is missing.
MEDIA_BUCKET = checked(os.environ.get("MEDIA_BUCKET", ""))
# Where the web server in front keeps the pictures as an internal location: it then sends them.
MEDIA_ACCEL = os.environ.get("ROYPALANG_ACCEL", "").rstrip("/")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "roypalang.storage.StaticStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our pages are the only ones that take them

# -- Language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
# Ours, then what Django and allauth say, where their own Thai is missing or reads badly: a catalogue
# of its own, since gathering our messages would drop what our files do not say.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale/third_party"]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True

# -- Members ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Member"
AUTHENTICATION_BACKENDS = ["accounts.backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["handle", "display_name", "email"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "accounts.breached.BreachedPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"

# The wording of the house rules and the terms that new members agree to; of the privacy notice they are told.
CONSENT_VERSION = "2026-11-28"

# Days: an account nobody has proven an address for; an address somebody was invited at.
ACCOUNTS_PENDING_DAYS, FORUMS_INVITED_DAYS = 7, 30
# Seconds that signing up and asking for a link or a code take, whoever asks (accounts/timing.py).
ACCOUNTS_SAME_TIME = 0.5
# Of these, seconds a page waits for the mail server's word on its letter (accounts/mailing.py).
ACCOUNTS_MAIL_WAIT = 0.4

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "accounts.forms.SignupForm",
    "login": "accounts.forms.LoginForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "add_email": "accounts.forms.AddEmailForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "request_login_code": "accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "accounts.forms.ConfirmLoginCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_USERNAME_VALIDATORS = "accounts.validators.HANDLE_VALIDATORS"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # mail may be slow, and so may typing be
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
# Whoever reads the mail may sign in by it anyway, with a code.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# The device at hand stays signed in; Django ends every other session of the old password.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[ร้อยพลัง] "
# Beside allauth's own limits. Tries with passwords and codes, and letters asked for, are counted by
# accounts/tries.py: from one address of the net (generous, for whole villages stand behind one), of one account,
# and in a browser known to it. Names with nothing are allauth's own counts of the same.
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "",
    "login_unknown": "60/m/ip,600/h/ip",
    "login_known": "10/m/key",
    "wrong_password": "5/5m/key",
    "wrong_code": "5/5m/key",
    "signup": "",
    "signup_from": "20/m/ip,100/h/ip,300/d/ip",
    "request_login_code": "",
    "code_from": "20/m/ip,100/h/ip,300/d/ip,10/d/key",
    "code_to": "3/m/key,20/d/key",
    "code_known": "3/m/key,10/d/key",
    "reset_password": "",
    "reset_from": "20/m/ip,100/h/ip,300/d/ip,5/d/key",
    "reset_to": "5/h/key,10/d/key",
    "reset_known": "3/h/key,5/d/key",
    "confirm_email": "",
    "confirm_from": "5/d/key",
    "confirm_to": "1/3m/key,10/d/key",
    "confirm_known": "1/3m/key,5/d/key",
    "new_device": "10/d/key",
    "manage_email": "",
    "change_email": "10/m/user,20/d/user",
}
# Letters a day, of the whole site, to addresses nobody has an account with: a stranger chose every one of them.
ACCOUNTS_LETTERS_TO_STRANGERS = 500
# The same to addresses somebody signs up with, or makes her own: on a great day so many may join.
ACCOUNTS_LETTERS_TO_NEW_ADDRESSES = 3000
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXY_COUNT", "0"))
# Digits: many members have no Latin letters under their thumbs.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8}
# Whoever may moderate needs a second step for the admin. Not on one's own machine, whose index says so.
STAFF_SECOND_FACTOR = is_on("STAFF_SECOND_FACTOR", otherwise=PRODUCTION)
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "activate_totp": "accounts.second_step_forms.ActivateTOTPForm",
    "authenticate": "accounts.second_step_forms.AuthenticateForm",
    "reauthenticate": "accounts.second_step_forms.MFAReauthenticateForm",
    "add_webauthn": "accounts.second_step_forms.AddWebAuthnForm",
    "edit_webauthn": "accounts.second_step_forms.EditWebAuthnForm",
    "login_webauthn": "accounts.second_step_forms.LoginWebAuthnForm",
    "authenticate_webauthn": "accounts.second_step_forms.AuthenticateWebAuthnForm",
    "reauthenticate_webauthn": "accounts.second_step_forms.ReauthenticateWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Lets an address be changed under a second step: the old one stays until the new one is confirmed. That
# nobody sets a second step up without a confirmed address, the forms see to (accounts.second_step_forms).
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
USERSESSIONS_TRACK_ACTIVITY = False  # no write on a GET
# LINE, Google, Facebook: those whose keys were given (accounts/providers).
SOCIALACCOUNT_PROVIDERS = providers()
SOCIALACCOUNT_ADAPTER = "accounts.providers.adapter.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # what it says of an address opens nobody's account
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # a handle is unique by its normal form, handle_key
    "security.W005",  # HSTS_SUBDOMAINS and HSTS_PRELOAD bind more than this site: whoever runs it decides
    "security.W021",
]

# -- Mail ---------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "ร้อยพลัง <noreply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where mails come back to that cannot be delivered; '' where nobody reads them (accounts/bounces).
BOUNCE_ADDRESS = os.environ.get("BOUNCE_ADDRESS", "")
MAILERS = mailers()

# Where whoever cannot sign in, or has something to say to the moderators, writes to.
CONTACT_EMAIL = os.environ.get("CONTACT_EMAIL") or f"contact@{urlsplit(SITE_URL).hostname}"

# What the site pushes to telephones with (forums/notifications/push); '': nothing is.
VAPID_KEY = vapid_key()
METRICS_TOKEN = metrics_token()  # of who keeps the machine (roypalang/keeper.py)

# -- Safety -------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "frame-src": ["https://www.youtube-nocookie.com"],  # only after a click on a video
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "roypalang.error_pages.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
SESSION_ENGINE = "roypalang.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
FILE_UPLOAD_HANDLERS = ["roypalang.uploads.BoundedUploadHandler"]

if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked for on the machine itself
    # Browsers remember it: what else is under the site's name is bound only where somebody says so.
    SECURE_HSTS_SECONDS = int(os.environ.get("HSTS_SECONDS", 60 * 60 * 24 * 365))
    SECURE_HSTS_INCLUDE_SUBDOMAINS = is_on("HSTS_SUBDOMAINS")
    SECURE_HSTS_PRELOAD = is_on("HSTS_PRELOAD")
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    if ALLAUTH_TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# -- Log ----------------------------------------------------------------------------------------

# A statement that a page waited for so long is a line of it; 0: none is.
SLOW_STATEMENT_MS = int(os.environ.get("SLOW_STATEMENT_MS", "500"))

FORUMS_SITE_HOST = urlsplit(SITE_URL).netloc
