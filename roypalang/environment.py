"""What the environment says, read for the settings; what each name means stands in docs/operations.md."""

import base64
import os
import secrets
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("ROYPALANG_VAR") or BASE_DIR / "var")

ENVIRONMENT = os.environ.get("ROYPALANG_ENV", "local")
if ENVIRONMENT not in {"local", "production"}:
    raise ImproperlyConfigured(f"ROYPALANG_ENV must be local or production, not {ENVIRONMENT!r}.")
PRODUCTION = ENVIRONMENT == "production"

_ORDER_OF_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def role() -> str:
    """What this process is, for the lists of PostgreSQL: a command of manage.py's, or what serves pages."""
    program, *words = sys.argv
    name = Path(program).name
    if name == "manage.py" and words:
        return words[0][:40]
    return "web" if "gunicorn" in program else name[:40]


def required(name: str, *, local: str) -> str:
    """The environment's value; `local` stands in for it only outside production."""
    value = os.environ.get(name, "" if PRODUCTION else local)
    if not value:
        raise ImproperlyConfigured(f"{name} must be set when ROYPALANG_ENV=production.")
    return value


def is_on(name: str, *, otherwise: bool = False) -> bool:
    """Whether it is 1; `otherwise` where nothing is said."""
    return os.environ.get(name, "1" if otherwise else "0") == "1"


def several(name: str) -> list[str]:
    """Values with commas or spaces between them."""
    return os.environ.get(name, "").replace(",", " ").split()


def secret_key() -> str:
    """SECRET_KEY; without it, outside production, one of this checkout's own."""
    if key := os.environ.get("SECRET_KEY", ""):
        return key
    if PRODUCTION:
        raise ImproperlyConfigured("SECRET_KEY must be set when ROYPALANG_ENV=production.")
    return _made_once("secret_key")  # sessions survive a restart, nobody shares it


def vapid_key() -> str:
    """VAPID_PRIVATE_KEY, by which push services know this site; '' in production without it: nothing is pushed."""
    key = os.environ.get("VAPID_PRIVATE_KEY", "").strip().rstrip("=")
    if not key and not PRODUCTION:
        return _made_once("vapid_key", 32)
    if key and not _is_private_key(key):
        raise ImproperlyConfigured(
            "VAPID_PRIVATE_KEY must be 32 bytes in the letters of base64url; docs/operations.md says how to make one."
        )
    return key


def _is_private_key(key: str) -> bool:
    """Whether it is a number below the order of the curve P-256: all but one in four thousand million are."""
    try:
        found = base64.b64decode(key + "=", altchars="-_", validate=True)
    except ValueError:
        return False
    return len(found) == 32 and 0 < int.from_bytes(found) < _ORDER_OF_P256


def metrics_token() -> str:
    """METRICS_TOKEN, which opens what the machine's keeper may know; '': nobody may."""
    token = os.environ.get("METRICS_TOKEN", "").strip()
    if token and (len(token) < 20 or not token.isascii()):
        raise ImproperlyConfigured(
            "METRICS_TOKEN must be 20 letters of A to Z and digits, or more."
        )
    return token


def _made_once(name: str, size: int = 64) -> str:
    """So many random bytes of this checkout's own, written down."""
    path = VAR_DIR / name
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(size))
        except FileExistsError:  # another process was first
            pass
        return path.read_text()


def mailers() -> dict[str, Any]:
    """How mail is sent: by SMTP_HOST; without it, one file a mail, to be opened and read."""
    backend, options = "filebased", {"file_path": str(VAR_DIR / "mail")}
    if host := os.environ.get("SMTP_HOST"):
        backend, options = "smtp", _smtp(host)
    path = f"django.core.mail.backends.{backend}.EmailBackend"
    return {"default": {"BACKEND": path, "OPTIONS": options}}


def _smtp(host: str) -> dict[str, Any]:
    # 1: by STARTTLS; ssl: from the first byte on, as port 465 wants it; 0: in the open.
    tls = os.environ.get("SMTP_TLS", "1")
    if tls not in {"0", "1", "ssl"}:
        raise ImproperlyConfigured(f"SMTP_TLS must be 0, 1 or ssl, not {tls!r}.")
    return {
        "host": host,
        "port": int(os.environ.get("SMTP_PORT") or (465 if tls == "ssl" else 587)),
        "username": os.environ.get("SMTP_USER", ""),
        "password": os.environ.get("SMTP_PASSWORD", ""),
        "use_tls": tls == "1",
        "use_ssl": tls == "ssl",
        "timeout": 10,
    }


def providers() -> dict[str, Any]:
    """Whose accounts one may sign in with, and the keys each gave this site; a key alone is a mistake."""
    found: dict[str, Any] = {}
    for provider in ("line", "google", "facebook"):
        names = [f"{provider.upper()}_CLIENT_{what}" for what in ("ID", "SECRET")]
        client, secret = (os.environ.get(name, "").strip() for name in names)
        if bool(client) != bool(secret):
            given, missing = names if client else reversed(names)
            raise ImproperlyConfigured(
                f"{given} is set and {missing} is not: give both, or neither to leave it off."
            )
        if client:
            found[provider] = {"APP": {"client_id": client, "secret": secret}}
    return found
