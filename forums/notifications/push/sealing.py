"""Encrypting what is pushed, so that only the browser reads it: RFC 8291, in one record of RFC 8188's aes128gcm."""

import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD = 4096  # bytes; ours are far shorter
_LAST = b"\x02"  # ends the last record


def seal(plain: bytes, *, p256dh: bytes, auth: bytes) -> bytes:
    """`plain` for the browser with these keys. Raises ValueError where `p256dh` is no point of the curve."""
    return sealed_with(
        ec.generate_private_key(CURVE), os.urandom(16), plain, p256dh=p256dh, auth=auth
    )


def sealed_with(
    key: ec.EllipticCurvePrivateKey, salt: bytes, plain: bytes, *, p256dh: bytes, auth: bytes
) -> bytes:
    """The same with a key and a salt that are good for one message only."""
    theirs, ours = point_of(p256dh), bytes_of(key.public_key())
    agreed = key.exchange(ec.ECDH(), theirs)
    secret = _derive(agreed, auth, b"WebPush: info\0" + p256dh + ours, 32)
    cipher = AESGCM(_derive(secret, salt, b"Content-Encoding: aes128gcm\0", 16))
    nonce = _derive(secret, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4) + bytes([len(ours)]) + ours
    return head + cipher.encrypt(nonce, plain + _LAST, None)


def point_of(key: bytes) -> ec.EllipticCurvePublicKey:
    """The public key in these bytes. Raises ValueError where they are none of the curve's points."""
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, key)


def bytes_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as it is sent: 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derive(secret: bytes, salt: bytes, info: bytes, size: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=size, salt=salt, info=info).derive(secret)
