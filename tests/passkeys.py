"""A passkey as adding one leaves it in the table: of no real device, good for being asked for."""

from allauth.mfa.models import Authenticator
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from accounts.models import Member

_KEY = {1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32}  # the shape of an ES256 key


def give_passkey(member: Member, name: str = "โทรศัพท์") -> Member:
    """Add a passkey to a member, and return her."""
    handle = f"key of {member.pk}".encode()
    credential = AttestedCredentialData.create(b"\0" * 16, handle, _KEY)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(b"\0" * 32, flags, 0, credential)
    said = CollectedClientData.create("webauthn.create", b"challenge", "http://testserver")
    Authenticator.objects.create(
        user=member,
        type=Authenticator.Type.WEBAUTHN,
        data={
            "name": name,
            "credential": {
                "id": websafe_encode(handle),
                "rawId": websafe_encode(handle),
                "type": "public-key",
                "response": {
                    "clientDataJSON": websafe_encode(said),
                    "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
                },
            },
        },
    )
    return member
