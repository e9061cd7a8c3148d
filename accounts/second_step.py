"""What is asked after the password: which of the three ways a member has, and that codes run out."""

from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_used
from django.conf import settings
from django.dispatch import receiver

from accounts.models import Member

CODES_KEPT = "kept_at"  # in the data of the codes, so that new codes ask again
FEW = 3  # codes left from which on she is told to make new ones


@dataclass(frozen=True, slots=True)
class Factors:
    """What of the second step a member has set up."""

    app: bool = False
    passkeys: int = 0
    codes_left: int = 0
    codes_kept: bool = False

    @property
    def on(self) -> bool:
        """Whether the password alone no longer does."""
        return self.app or bool(self.passkeys)

    @property
    def should_keep_codes(self) -> bool:
        return self.on and bool(self.codes_left) and not self.codes_kept

    @property
    def should_make_codes(self) -> bool:
        return self.on and self.codes_left <= FEW


def factors_of(member: Member) -> Factors:
    """One query; no secret is decrypted."""
    rows = list(Authenticator.objects.filter(user=member).values_list("type", "data"))
    kinds = [kind for kind, _data in rows]
    codes = next((data for kind, data in rows if kind == Authenticator.Type.RECOVERY_CODES), None)
    return Factors(
        app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        codes_left=_left(codes) if codes else 0,
        codes_kept=bool(codes and codes.get(CODES_KEPT)),
    )


def lacks_second_step(member: Member) -> bool:
    """Whether a password alone would do for this moderator, where it must not."""
    return settings.STAFF_SECOND_FACTOR and not factors_of(member).on


def _left(codes: dict[str, Any]) -> int:
    return app_settings.RECOVERY_CODE_COUNT - int(codes["used_mask"]).bit_count()


@receiver(authenticator_used, dispatch_uid="accounts.recovery_code_used")
def recovery_code_used(*, user: Member, authenticator: Authenticator, **_kwargs: Any) -> None:
    """Write to her whenever a recovery code was used, and how many are left."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        return
    left = factors_of(user).codes_left
    get_adapter().send_notification_mail(
        "mfa/email/recovery_code_used", user, {"left": left, "few": left <= FEW}
    )
