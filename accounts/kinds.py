"""What is held here of a person, and what becomes of it when she leaves (`forums.base.personal`)."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext_lazy

from accounts.models import BounceScore, Consent, Member, WaitingAddress
from accounts.parting import forget_in_admin_log, forget_member
from forums.base.personal import Area, Basis, Leaves, Until, erases, holds, moderated

holds(
    Member,
    "pk",
    what=gettext_lazy("Your name, address, profile and settings"),
    area=Area.ACCOUNT,
    leaves=Leaves.DELETED,
    but=("password",),
    eraser=forget_member,
    place=99,
)
holds(
    Consent,
    "member",
    what=gettext_lazy("To which terms you agreed, and when"),
    area=Area.ACCOUNT,
    leaves=Leaves.KEPT,
    basis=Basis.LAW,
    until=Until.PROOF.label,
)
holds(
    EmailAddress,
    "user",
    what=gettext_lazy("Your name, address, profile and settings"),
    area=Area.ACCOUNT,
    leaves=Leaves.DELETED,
    place=90,
)
holds(
    EmailConfirmation,
    "email_address__user",
    what=gettext_lazy("Your name, address, profile and settings"),
    area=Area.ACCOUNT,
    leaves=Leaves.DELETED,
    copied=False,
    place=80,
)
holds(
    WaitingAddress,
    "address__user",
    what=gettext_lazy("Your name, address, profile and settings"),
    area=Area.ACCOUNT,
    leaves=Leaves.DELETED,
    place=80,
)
holds(
    BounceScore,
    "address__user",
    what=gettext_lazy("How letters to you fared"),
    area=Area.MAIL,
    leaves=Leaves.DELETED,
    until=Until.BOUNCES.label,
    place=80,
)
holds(
    Authenticator,
    "user",
    what=gettext_lazy(
        "How you sign in: passkeys and codes (their secrets only as far as needed to check them)"
    ),
    area=Area.ACCOUNT,
    leaves=Leaves.DELETED,
    but=("data",),
    place=80,
)
holds(
    SocialToken,
    "account__user",
    what=gettext_lazy("Accounts elsewhere by which you sign in"),
    area=Area.ACCOUNT,
    leaves=Leaves.DELETED,
    copied=False,
    place=79,
)
holds(
    SocialAccount,
    "user",
    what=gettext_lazy("Accounts elsewhere by which you sign in"),
    area=Area.ACCOUNT,
    leaves=Leaves.DELETED,
    place=80,
)
holds(
    UserSession,
    "user",
    what=gettext_lazy("Where you are signed in: address of the net, browser, when"),
    area=Area.ACCOUNT,
    leaves=Leaves.DELETED,
    basis=Basis.INTEREST,
    until=Until.SESSIONS.label,
    but=("session_key", "data"),
    place=80,
)
holds(
    Member.groups.through,
    "member",
    what=gettext_lazy("Your name, address, profile and settings"),
    area=Area.ACCOUNT,
    leaves=Leaves.DELETED,
    copied=False,
)
holds(
    Member.user_permissions.through,
    "member",
    what=gettext_lazy("Your name, address, profile and settings"),
    area=Area.ACCOUNT,
    leaves=Leaves.DELETED,
    copied=False,
)
moderated(LogEntry, "user")

erases("admin-log", place=70)(forget_in_admin_log)
