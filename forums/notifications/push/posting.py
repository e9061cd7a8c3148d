"""One message handed to a push service, whose address a stranger gave us.

Only https, only to a host that is public: its address is looked up, checked, and that very address is connected to.
Nothing is followed, and of the answer only the head is read, within SECONDS altogether, however slowly it drips.
"""

import re
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http.client import HTTPException, parse_headers
from io import BytesIO
from ipaddress import IPv6Network, ip_address
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

SECONDS = 5  # services answer in a tenth of one
PORT = 443
HEAD = 8192  # bytes of an answer that are read
# What of the newer addresses is somebody's own; 6to4 and Teredo are older ones in disguise.
_UNICAST = IPv6Network("2000::/3")
_DISGUISED = [IPv6Network("2002::/16"), IPv6Network("2001::/32")]
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: [^\r\n]*)?\r?\n")
_HOST = re.compile(
    r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.I
)


class NotPublic(Exception):
    """The host has an address inside: nothing was sent there."""


class NoAnswer(Exception):
    """The service cannot be reached, is silent, or speaks no HTTP."""


class ServiceAnswer(NamedTuple):
    """What the service said; `wait` is for how many seconds it wants to be left alone, if it said so."""

    status: int
    wait: int | None = None


def split_endpoint(endpoint: str) -> SplitResult:
    """The parts of an address one may push to. Raises ValueError for any other: for how it looks, not where it leads."""
    if not re.fullmatch("https://[!-~]+", endpoint):
        raise ValueError("no https")
    parts = urlsplit(endpoint)
    plain = parts.hostname in (parts.netloc.lower(), parts.netloc.lower().removesuffix(f":{PORT}"))
    if not (plain and _HOST.fullmatch(parts.hostname or "")) or parts.fragment:
        raise ValueError("no plain name of a host")
    return parts


def post(endpoint: str, body: bytes, headers: Mapping[str, str]) -> ServiceAnswer:
    """Hand `body` over. Raises NotPublic, NoAnswer, or ValueError for an address that is none."""
    parts = split_endpoint(endpoint)
    host = parts.hostname or ""
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = {"Host": host, "Content-Length": str(len(body)), "Connection": "close", **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    try:
        deadline, address = time.monotonic() + SECONDS, _public_address(host)
        with closing(_connect(address, host, deadline)) as line:
            line.sendall(f"POST {target} HTTP/1.1\r\n{head}\r\n".encode("ascii") + body)
            return _answer(_head(line, deadline))
    except (OSError, HTTPException) as error:
        raise NoAnswer(str(error)) from error


def _public_address(host: str) -> str:
    """An address of the host, all of which are public: one that is not is no slip. Raises NotPublic, OSError."""
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    addresses = [str(sockaddr[0]) for *_rest, sockaddr in found]
    if not all(is_public(address) for address in addresses):
        raise NotPublic(host)
    return next((each for each in addresses if ":" not in each), addresses[0])


def is_public(address: str) -> bool:
    """Whether an address is somebody's in the open net: not this machine, its neighbours, or a way around to them."""
    found = ip_address(address)
    if found.version == 6 and (found not in _UNICAST or any(found in each for each in _DISGUISED)):
        return False
    return found.is_global and not found.is_multicast


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _connect(address: str, host: str, deadline: float) -> ssl.SSLSocket:
    line = socket.create_connection((address, PORT), timeout=_left(deadline))
    try:
        line.settimeout(_left(deadline))
        return _trust().wrap_socket(line, server_hostname=host)
    except BaseException:
        line.close()
        raise


def _head(line: socket.socket, deadline: float) -> bytes:
    read = b""
    while b"\r\n\r\n" not in read and len(read) < HEAD:
        line.settimeout(_left(deadline))
        if not (more := line.recv(HEAD - len(read))):
            break
        read += more
    return read


def _left(deadline: float) -> float:
    if (left := deadline - time.monotonic()) <= 0:
        raise TimeoutError("no answer in time")
    return left


def _answer(head: bytes) -> ServiceAnswer:
    if not (found := _STATUS.match(head)):
        raise NoAnswer("no answer of HTTP")
    headers = parse_headers(BytesIO(head[found.end() :]))
    return ServiceAnswer(int(found[1]), _seconds(headers.get("Retry-After", "")))


def _seconds(said: str) -> int | None:
    """What Retry-After says, a number of seconds or a moment."""
    if said.isascii() and said.isdigit():
        return int(said[:9])
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0, int((moment - datetime.now(UTC)).total_seconds()))
