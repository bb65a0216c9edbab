"""Django's settings, from the table in environment.py."""

from pathlib import Path

from obeya.config import environment
from obeya.config.database import database
from obeya.config.rooms import KERNEL, present
from obeya.config.secret import secret_key

DATA = Path(environment.read("OBEYA_DATA")).resolve()
SECRET_KEY = secret_key(environment.read("OBEYA_SECRET_KEY"), DATA)
DEBUG = environment.is_on("OBEYA_DEBUG")
DEMO = environment.is_on("OBEYA_DEMO") or (DATA / "demo").exists()

ALLOWED_HOSTS = environment.words("OBEYA_HOSTS")
CSRF_TRUSTED_ORIGINS = environment.words("OBEYA_ORIGINS")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = environment.is_on("OBEYA_HTTPS")
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_SSL_REDIRECT else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "obeya.ui",
    *KERNEL,
    *present(),
    "obeya.config.apps.House",
]
MIDDLEWARE = [
    "obeya.plant.log.access.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "obeya.config.static_files.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "obeya.plant.log.access.middleware.Access",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "obeya.plant.log.access.surroundings.surroundings",
            ],
        },
    },
]
ROOT_URLCONF = "obeya.config.urls"
ASGI_APPLICATION = "obeya.config.asgi.application"

DATABASES = {"default": database(environment.read("OBEYA_DATABASE_URL"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "log.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "/login/"
SESSION_COOKIE_NAME = "__Host-session" if SECURE_SSL_REDIRECT else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_SSL_REDIRECT else "csrf"
CSRF_COOKIE_HTTPONLY = True  # pages carry it in a header that the template writes
LARGEST_REQUEST = 64 * 1024 * 1024  # bytes, a workbook or a drawing; counted while it arrives
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a workbook of many sheets, each with all its columns
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024  # bytes, everything that is not a file

LANGUAGE_CODE = environment.read("OBEYA_LANGUAGE")
USE_I18N = True
FORMAT_MODULE_PATH = "obeya.config.formats"
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA / "files"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"secrets": {"()": "obeya.plant.log.access.secrecy.HideSecrets"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["secrets"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"obeya": {"level": "INFO"}},
}
