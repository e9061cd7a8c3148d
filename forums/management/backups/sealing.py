"""Encryption with a public key, in the form of age (age-encryption.org): who makes backups cannot read them.

Each file by itself, so that pictures that have not changed need not be encrypted again, and any of them can be read
with `age --decrypt` alone.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyrage
from pyrage import x25519

from forums.management.backups.errors import BackupError

SUFFIX = ".age"


class Seal:
    """How files go into a backup: encrypted for these keys, as they are where there are none."""

    def __init__(self, keys: list[str]) -> None:
        self.keys = tuple(sorted({key.strip() for key in keys}))
        self.suffix = SUFFIX if self.keys else ""
        try:
            self._recipients = [x25519.Recipient.from_str(key) for key in self.keys]
        except pyrage.RecipientError as error:
            raise BackupError(
                "That is no public key: it begins with age1 (`age-keygen` prints it)."
            ) from error

    def put(self, source: Path, target: Path) -> None:
        """Write `source` to `target`, which is not there yet."""
        if not self.keys:
            shutil.copyfile(source, target)
            return
        try:
            pyrage.encrypt_file(str(source), str(target), self._recipients)
        except pyrage.EncryptError as error:
            raise _of_the_disk(error) from error

    def write(self, data: bytes, target: Path) -> None:
        """Write `data`, a picture's, to `target`, which is not there yet."""
        target.write_bytes(pyrage.encrypt(data, self._recipients) if self.keys else data)


class Opening:
    """How files come out of a backup: with the private keys of a file, as `age-keygen` writes it."""

    def __init__(self, key_file: Path | None) -> None:
        self._identities = _identities(key_file) if key_file else []

    def take(self, source: Path, target: Path) -> None:
        """Write what `source` holds to `target`. Raises BackupError without the key."""
        if source.suffix != SUFFIX:
            shutil.copyfile(source, target)
            return
        with self._opened(source):
            pyrage.decrypt_file(str(source), str(target), self._identities)

    def read(self, source: Path) -> bytes:
        """What `source`, a picture's, holds. Raises BackupError without the key."""
        data = source.read_bytes()
        if source.suffix != SUFFIX:
            return data
        with self._opened(source):
            return pyrage.decrypt(data, self._identities)

    @contextmanager
    def _opened(self, source: Path) -> Iterator[None]:
        self.require()
        try:
            yield
        except (pyrage.DecryptError, OSError) as error:
            if getattr(error, "errno", None):  # the disk's; of what was changed it has none
                raise
            raise BackupError(
                f"{source.name} does not open with this key ({error}). Nothing was written."
            ) from error

    def require(self) -> None:
        if not self._identities:
            raise BackupError(
                "This backup is encrypted: give the file with the private key, --key FILE."
            )


def _identities(key_file: Path) -> list[x25519.Identity]:
    try:
        lines = key_file.read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BackupError(f"The key {key_file} cannot be read: {error}") from error
    try:
        found = [
            x25519.Identity.from_str(line.strip())
            for line in lines
            if line.strip() and not line.startswith("#")
        ]
    except pyrage.IdentityError as error:
        raise BackupError(
            f"{key_file} holds no private key: its line begins with AGE-SECRET-KEY-1."
        ) from error
    if not found:
        raise BackupError(f"{key_file} is empty.")
    return found


def _of_the_disk(error: Exception) -> Exception:
    """What the library says of a full disk has no number of its own."""
    if f"os error {errno.ENOSPC}" in str(error):
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return BackupError(f"Encryption failed: {error}")
