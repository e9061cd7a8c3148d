"""LINE, Google and Facebook on this machine: one small server that speaks as each of them does.

Strict where they are: a code is good once, for who asked for it, with PKCE's secret; a secret must be right. `mood`
makes an address answer otherwise: a status, bytes, or a function of the handler.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from accounts.providers.known import FacebookAdapter, GoogleAdapter, LineAdapter

SECRET = "a secret the provider gave us, 32 bytes and more"  # noqa: S105
KEYS = {
    name: {"APP": {"client_id": f"{name}-1", "secret": SECRET}}
    for name in ("line", "google", "facebook")
}
ISSUERS = {"line": "https://access.line.me", "google": "https://accounts.google.com"}


@cache
def key_pair() -> tuple[rsa.RSAPrivateKey, str]:
    """A key, and a certificate of it as Google publishes its own."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return key, certificate.public_bytes(serialization.Encoding.PEM).decode()


class Provider(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        # By its name: the browser of the tests asks for no number.
        self.url = f"http://localhost:{self.server_address[1]}"
        self.uid, self.email = "U123", ""
        self.claims: dict[str, Any] = {}  # other ones, in the id_token
        self.key: Any = key_pair()[0]  # what Google signs with
        self.mood: dict[str, int | bytes | Callable[[Any], None]] = {}
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.over = threading.Event()

    def says_yes(self, there: str) -> str:
        """Whoever was led there agrees: the path and query she is sent back to."""
        asked = {name: one[0] for name, one in parse_qs(urlsplit(there).query).items()}
        code = secrets.token_hex(8)
        self.codes[code] = asked
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?{urlencode({'code': code, 'state': asked['state']})}"

    def id_token(self, name: str, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": ISSUERS[name],
            "aud": asked["client_id"],
            "sub": self.uid,
            "iat": now,
            "exp": now + 3600,
            "nonce": asked["nonce"],
        }
        if self.email:
            claims |= {"email": self.email, "email_verified": True}
        claims = {name: one for name, one in (claims | self.claims).items() if one is not None}
        if name == "line":
            return jwt.encode(claims, SECRET, algorithm="HS256")
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "k1"})


class _Call(BaseHTTPRequestHandler):
    server: Provider
    protocol_version = "HTTP/1.1"

    def log_message(self, *_words: object) -> None:
        pass

    def do_GET(self) -> None:
        self._answer(urlsplit(self.path).query)

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _answer(self, form: str) -> None:
        path = urlsplit(self.path).path
        self.server.asked.append(path)
        given = {name: one[0] for name, one in parse_qs(form).items()}
        mood = self.server.mood.get(path)
        with suppress(ConnectionError):
            if callable(mood):
                mood(self)
            elif isinstance(mood, int):
                self.say(b'{"error": "in a bad mood"}', mood)
            elif mood is not None:
                self.say(mood)
            else:
                _where, name, what = path.split("/")
                getattr(self, f"_{what}")(name, given)

    def say(self, body: bytes, status: int = 200, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _tell(self, said: object, status: int = 200) -> None:
        self.say(json.dumps(said).encode(), status)

    def _authorize(self, name: str, given: dict[str, str]) -> None:
        no = urlencode({"error": "access_denied", "state": given["state"]})
        yes = self.server.says_yes(self.path)
        site = given["redirect_uri"].removesuffix(urlsplit(given["redirect_uri"]).path)
        page = (
            f"<!doctype html><html lang=en><title>{name}</title><link rel=icon href=data:,>"
            f"<h1>{name}</h1><a href='{site}{yes.replace('&', '&amp;')}'>Yes</a> "
            f"<a href='{given['redirect_uri']}?{no.replace('&', '&amp;')}'>No</a>"
        )
        self.say(page.encode(), kind="text/html")

    def _token(self, name: str, given: dict[str, str]) -> None:
        asked = self.server.codes.pop(given.get("code", ""), None)
        app = KEYS[name]["APP"]
        ok = asked is not None and given["redirect_uri"] == asked["redirect_uri"]
        ok = ok and (given["client_id"], given["client_secret"]) == (
            app["client_id"],
            app["secret"],
        )
        if ok and (challenge := asked.get("code_challenge")):
            hashed = hashlib.sha256(given["code_verifier"].encode()).digest()
            ok = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode() == challenge
        if not ok:
            self._tell({"error": "invalid_grant"}, 400)
            return
        said = {
            "access_token": "for-nobody-to-keep",
            "expires_in": 3600,
            "refresh_token": "nor-this",
        }
        if name in ISSUERS:
            said["id_token"] = self.server.id_token(name, asked)
        self._tell(said)

    def _verify(self, name: str, given: dict[str, str]) -> None:
        try:
            claims = jwt.decode(
                given.get("id_token", ""), SECRET, algorithms=["HS256"], audience=given["client_id"]
            )
        except jwt.PyJWTError as error:
            self._tell({"error": "invalid_request", "error_description": str(error)}, 400)
            return
        self._tell(claims)

    def _certs(self, _name: str, _given: dict[str, str]) -> None:
        self._tell({"k1": key_pair()[1]})

    def _me(self, _name: str, given: dict[str, str]) -> None:
        said = {"id": self.server.uid}
        if self.server.email:
            said["email"] = self.server.email
        self._tell(said)


@contextmanager
def provider_on_loopback() -> Iterator[Provider]:
    """The server, and our adapters leading to it, as long as the block lasts."""
    with Provider() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        was = []
        for adapter, names in (
            (LineAdapter, {"id_token_url": "verify"}),
            (GoogleAdapter, {"keys_url": "certs"}),
            (FacebookAdapter, {"profile_url": "me"}),
        ):
            names = {"authorize_url": "authorize", "access_token_url": "token", **names}
            for name, what in names.items():
                was.append((adapter, name, getattr(adapter, name)))
                setattr(adapter, name, f"{server.url}/{adapter.provider_id}/{what}")
        try:
            yield server
        finally:
            for adapter, name, address in was:
                setattr(adapter, name, address)
            server.over.set()
            server.shutdown()
