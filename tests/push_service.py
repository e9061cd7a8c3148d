"""A push service on this machine, and the browser behind it that decrypts: https, as strict as a real one.

`mood` is how it answers: a status, a status with headers, or a function of the handler.
"""

import json
import socket
import ssl
import tempfile
import threading
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509.oid import NameOID

from forums.notifications.push import posting

HOST = "push.example.org"
PUBLIC = "93.184.215.14"  # what HOST is said to be
P256 = ec.SECP256R1()


class PushBrowser:
    """What a browser keeps of its subscription; `read` does what it does with what comes (RFC 8291, from its side)."""

    def __init__(self, name: str = "1") -> None:
        self.key, self.auth = ec.generate_private_key(P256), bytes(range(16))
        self.p256dh = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        self.path = f"/send/{name}"
        self.endpoint = f"https://{HOST}{self.path}"

    def read(self, body: bytes) -> dict[str, Any]:
        return dict(json.loads(self.opened(body)))

    def opened(self, body: bytes) -> bytes:
        salt, size, sender = body[:16], int.from_bytes(body[16:20]), body[21 : 21 + body[20]]
        sealed = body[21 + body[20] :]
        assert size >= 18
        assert len(sealed) <= size  # one record
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(P256, sender)
        agreed = self.key.exchange(ec.ECDH(), theirs)
        secret = _hkdf(self.auth, agreed, b"WebPush: info\0" + self.p256dh + sender, 32)
        key = _hkdf(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(salt, secret, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain.endswith(b"\2")
        return plain[:-1]


def _hkdf(salt: bytes, secret: bytes, info: bytes, size: int) -> bytes:
    return HKDF(hashes.SHA256(), size, salt, info).derive(secret)


type Mood = int | tuple[int, dict[str, str]] | Callable[[Any], None]


class PushService(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        certificate, _pem = certificate_of(HOST)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(
            self.socket, server_side=True, do_handshake_on_connect=False
        )
        self.mood: dict[str, Mood] = {}
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.over = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever was left hanging up is no error here."""

    def read_by(self, browser: PushBrowser) -> list[dict[str, Any]]:
        """What came for this browser, as it reads it."""
        return [browser.read(body) for path, _headers, body in self.got if path == browser.path]


class _Call(BaseHTTPRequestHandler):
    server: PushService
    timeout = 20

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        mood = self.server.mood.get(self.path) or (201 if self._is_right() else 400)
        if callable(mood):
            with suppress(OSError):
                mood(self)
            return
        status, headers = mood if isinstance(mood, tuple) else (mood, {})
        self.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _is_right(self) -> bool:
        """As RFC 8030 and 8292 have it: who sends, until when it is good, how it is encrypted."""
        scheme, _, said = self.headers["Authorization"].partition(" ")
        parts = dict(each.strip().split("=", 1) for each in said.split(","))
        point = urlsafe_b64decode(parts["k"] + "=")
        key = ec.EllipticCurvePublicKey.from_encoded_point(P256, point)
        claims = jwt.decode(parts["t"], key, algorithms=["ES256"], audience=f"https://{HOST}")
        soon = datetime.now(UTC) + timedelta(days=1)
        return (
            scheme == "vapid"
            and claims["sub"].startswith("mailto:")
            and claims["exp"] <= soon.timestamp()
            and int(self.headers["TTL"]) >= 0
            and self.headers["Content-Encoding"] == "aes128gcm"
        )

    def log_message(self, *_args: Any) -> None:
        pass


@cache
def certificate_of(host: str) -> tuple[str, str]:
    """A certificate of this host's, signed by itself: the file with its key, and what a client trusts."""
    key, now = ec.generate_private_key(P256), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = Path(tempfile.mkdtemp(prefix="roypalang-push-"), "server.pem")
    path.write_bytes(secret + pem)
    return str(path), pem.decode()


@contextmanager
def push_service() -> Iterator[PushService]:
    """One that runs, and to which HOST leads from here (`leads_to`)."""
    server = PushService()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def leads_to(server_port: int, patch: Callable[[Any, str, Any], None]) -> None:
    """HOST is a public address for who asks, and whoever connects to that address comes here; all else is as it is.

    `patch(where, name, value)` puts things in the place of others: monkeypatch.setattr, or setattr in a process of its own.
    """
    connect, look_up = socket.create_connection, socket.getaddrinfo

    def public(host: str, *args: Any, **kwargs: Any) -> Any:
        return look_up(PUBLIC if host == HOST else host, *args, **kwargs)

    def here(address: tuple[str, int], *args: Any, **kwargs: Any) -> Any:
        there = ("127.0.0.1", server_port) if address == (PUBLIC, 443) else address
        return connect(there, *args, **kwargs)

    trust = ssl.create_default_context(cadata=certificate_of(HOST)[1])
    patch(posting.socket, "getaddrinfo", public)
    patch(posting.socket, "create_connection", here)
    patch(posting, "_trust", lambda: trust)
