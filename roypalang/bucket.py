"""Pictures in a bucket of object storage that speaks S3: the same for all machines, and on none of them."""

import errno
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import Any, Literal, cast
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from roypalang.breaker import Breaker
from roypalang.picture_store import StoreAway, Stored

log = logging.getLogger(__name__)

# Seconds: for a connection, for an answer, for all tries of one. Who sends a picture waits so long at most, with a thread.
CONNECT, ANSWER, TRIES = 1, 5, 3
LEFT_ALONE = 2.0  # seconds; then one asks again, for all of this process
SIGNED_FOR = timedelta(minutes=1)  # the web server beside asks at once
FORM = "https://KEY:SECRET@HOST/BUCKET?region=REGION"
_NO_BUCKET = "there is no such bucket"
# What storages say that have no room, or give us none.
FULL = ("507 Insufficient", "QuotaExceeded", "EntityTooLarge", "StorageFull")


@cache
def bucket(url: str) -> "Bucket":
    """One for all threads of this process."""
    return Bucket(url)


def checked(url: str) -> str:
    """MEDIA_BUCKET, if a bucket can be found by it; '' for none."""
    if not url:
        return ""
    said = urlsplit(url)
    name = said.path.strip("/")
    if said.scheme not in ("http", "https") or not (
        said.hostname and said.username and said.password
    ):
        raise ImproperlyConfigured(
            f"MEDIA_BUCKET must read {FORM}, each / + @ in it as %2F %2B %40."
        )
    if not name or "/" in name:
        raise ImproperlyConfigured(f"MEDIA_BUCKET must end with the name of one bucket: {FORM}.")
    return url


class Bucket:
    """A bucket, by its address; asked by the library obstore, which is imported with the first."""

    def __init__(self, url: str) -> None:
        try:
            import obstore
            from obstore.exceptions import BaseError
            from obstore.store import S3Store
        except ImportError as error:
            raise ImproperlyConfigured(
                "MEDIA_BUCKET wants the package obstore: scripts/bootstrap.sh --extra s3"
            ) from error
        said = urlsplit(url)
        port = f":{said.port}" if said.port else ""
        self.name = f"{said.hostname}{port}{said.path.rstrip('/')}"
        self._obstore, self._error = obstore, BaseError
        self.breaker = Breaker(
            LEFT_ALONE,
            away=partial(log.error, "The bucket of pictures %s is away: %s", self.name),
            back=partial(log.warning, "The bucket of pictures %s is back", self.name),
        )
        self._there: S3Store = S3Store(
            said.path.strip("/"),
            endpoint=f"{said.scheme}://{said.hostname}{port}",
            access_key_id=unquote(said.username or ""),
            secret_access_key=unquote(said.password or ""),
            region=parse_qs(said.query).get("region", ["us-east-1"])[0],
            virtual_hosted_style_request=False,
            disable_bulk_delete=True,  # not every storage knows how to
            client_options={
                "allow_http": said.scheme == "http",
                "connect_timeout": timedelta(seconds=CONNECT),
                "timeout": timedelta(seconds=ANSWER),
            },
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=TRIES)},
        )

    def __str__(self) -> str:
        return self.name

    def put(self, files: Mapping[str, bytes], *, changed: int | None = None) -> None:
        """One after the other: nobody asks for them before all are there. The checksum of each is signed with it."""
        kept = []
        try:
            for path, data in files.items():
                kept.append(path)
                self._ask(partial(self._put, path, data))
        except BaseException:
            with suppress(OSError):  # what cannot be deleted now is nobody's (`manage.py pictures`)
                self.drop(kept)
            raise

    def _put(self, path: str, data: bytes) -> None:
        try:
            self._obstore.put(self._there, path, data, attributes={"Content-Type": "image/webp"})
        except FileNotFoundError as error:
            raise StoreAway(_NO_BUCKET) from error

    def read(self, path: str) -> bytes:
        return bytes(self._ask(lambda: self._obstore.get(self._there, path).bytes()))

    def stat(self, path: str) -> Stored:
        return _stored(self._ask(lambda: self._obstore.head(self._there, path)))

    def walk(self) -> Iterator[tuple[str, Stored]]:
        listed = iter(self._obstore.list(self._there))
        while lot := self._ask(lambda: next(listed, None)):
            for each in lot:
                yield each["path"], _stored(each)

    def drop(self, paths: Iterable[str]) -> None:
        for path in paths:
            with suppress(FileNotFoundError):
                self._ask(partial(self._obstore.delete, self._there, path))

    def tidy(self) -> None:
        """A bucket has no folders."""

    def inside(self, path: str, method: str) -> str:
        """With a signature, good for a minute: the web server has no key of its own, and needs none."""
        how = cast(Literal["GET", "HEAD"], method)
        return f"{path}?{urlsplit(self._obstore.sign(self._there, how, path, SIGNED_FOR)).query}"

    def why_away(self) -> str:
        try:
            self._ask(lambda: next(iter(self._obstore.list(self._there, chunk_size=1)), None))
        except OSError as error:
            return str(error)
        return ""

    def _ask(self, question: Callable[[], Any]) -> Any:
        """Its answer. While it is away one of all that ask waits for it; the others hear at once that it is."""
        if self.breaker.is_open():
            raise StoreAway(self.breaker.why)
        try:
            answer = question()
        except FileNotFoundError as error:
            if "NoSuchBucket" not in str(error):
                self.breaker.note("")
                raise
            raise self._away(_NO_BUCKET) from error
        except (StoreAway, self._error) as error:
            said = str(error)
            if "NoSuchBucket" in said:
                raise self._away(_NO_BUCKET) from error
            if any(word in said for word in FULL):
                self.breaker.note("")
                raise OSError(errno.ENOSPC, f"{self.name} has no room") from error
            raise self._away(_in_short(said)) from error
        self.breaker.note("")
        return answer

    def _away(self, why: str) -> StoreAway:
        self.breaker.note(why)
        return StoreAway(why)


def _stored(found: Any) -> Stored:
    changed = cast(datetime, found["last_modified"]) - datetime(1970, 1, 1, tzinfo=UTC)
    tag = (found["e_tag"] or "").strip('"')
    return Stored(
        found["size"],
        changed // timedelta(microseconds=1) * 1000,
        tag if re.fullmatch("[0-9a-f]{32}", tag) else "",
    )


def _in_short(said: str) -> str:
    """What the library says first; the whole is a page, with addresses in it."""
    line = said.partition("\n")[0]
    return line.rpartition(" - ")[2][:200]
