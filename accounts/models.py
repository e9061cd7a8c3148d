"""The member: one row a person, from the first migration on."""

import uuid
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.provinces import PROVINCES
from forums.text.handles import handle_key, skeleton, twin
from forums.text.shown_names import name_bones
from forums.text.thai import in_one_form, initial, sort_key

BIO_LENGTH = 1000
PICTURE_SIZES = (72, 192, 512)  # a bead on a sharp screen, a list, the profile


class TrustLevel(models.IntegerChoices):
    """How much the house trusts a member; boards may ask for a level."""

    NEW = 0, _("New member")
    KNOWN = 1, _("Known")
    REGULAR = 2, _("Regular")
    STEWARD = 3, _("Steward")
    KEEPER = 4, _("Keeper")


class Theme(models.TextChoices):
    DEVICE = "", _("As the device does")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class TextSize(models.TextChoices):
    NORMAL = "", _("Normal")
    LARGE = "large", _("Large")
    LARGER = "larger", _("Larger")


class Language(models.TextChoices):
    """Each in its own words. None chosen: Thai, the site's own."""

    THAI = "th", "ไทย"
    ENGLISH = "en", "English"


class MemberManager(BaseUserManager["Member"]):
    """Makes members with their keys, and finds one by a handle however it is typed."""

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(handle_key=handle_key(username or ""))

    def shown(self) -> models.QuerySet["Member"]:
        """Those who have proven an address and have not left: the others have no page and stand in no list."""
        return self.filter(pending_since=None, left_at=None)

    def has_handle(self, handle: str) -> bool:
        """Is this handle taken, or could a reader not tell it from one that is?

        What merely resembles a moderator's handle, or the name she shows, counts as well.
        """
        if self.looks_like_staff(handle) or GoneHandle.objects.keeps(handle):
            return True
        near = self.filter(handle_skeleton=skeleton(handle)).only("handle", "is_staff")
        return any(one.is_staff or twin(one.handle) == twin(handle) for one in near)

    def looks_like_staff(self, name: str, *, but: int = 0) -> bool:
        """Would a reader take somebody of this name for a moderator (other than `but`)?"""
        look = name_bones(name)
        staff = self.filter(is_staff=True).exclude(pk=but).values_list("display_name", "handle")
        return bool(look) and any(look in map(name_bones, names) for names in staff)

    def create_user(
        self, handle: str, email: str, password: str | None = None, **fields: Any
    ) -> "Member":
        """Insert a member; the derived columns are filled here and in `accounts.actions` only."""
        member = self.model(handle=handle, email=email.strip().lower(), **fields)
        member.derive()
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(
        self, handle: str, email: str, password: str | None = None, **fields: Any
    ) -> "Member":
        return self.create_user(
            handle, email, password, **fields, is_staff=True, is_superuser=True, trust_level=4
        )


class Member(AbstractBaseUser, PermissionsMixin):
    handle = models.CharField(_("handle"), max_length=40)
    handle_key = models.CharField(max_length=80, unique=True, editable=False)
    handle_skeleton = models.CharField(max_length=80, editable=False, db_index=True)
    email = models.EmailField(_("e-mail"))
    display_name = models.CharField(_("name shown"), max_length=60, blank=True)
    sort_key = models.TextField(editable=False, db_collation="C")
    picture = models.UUIDField(_("picture"), null=True, blank=True, editable=False)
    bio = models.TextField(_("about me"), max_length=BIO_LENGTH, blank=True)
    province = models.CharField(_("province"), max_length=2, blank=True, choices=PROVINCES)
    links = ArrayField(
        models.URLField(max_length=300), verbose_name=_("links"), default=list, blank=True, size=5
    )
    trust_level = models.PositiveSmallIntegerField(
        _("trust level"), choices=TrustLevel, default=TrustLevel.NEW
    )
    theme = models.CharField(_("colours"), max_length=8, blank=True, choices=Theme)
    text_size = models.CharField(_("size of letters"), max_length=8, blank=True, choices=TextSize)
    language = models.CharField(
        _("language"), max_length=2, blank=True, choices=Language, default="", db_default=""
    )
    see_others = models.BooleanField(
        _("Every fifth topic from a network I am not in"), default=True
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("moderator"), default=False)
    created_at = models.DateTimeField(_("member since"), db_default=Now(), editable=False)
    # When she signed up, until she has proven an address: then it is None.
    pending_since = models.DateTimeField(null=True, editable=False)
    # Since when home says nothing of the first step any more: she closed its line.
    first_step_closed_at = models.DateTimeField(null=True, editable=False)
    # Since when there is nobody behind it: she left (`privacy.leaving`), and the row stays for what points at it.
    left_at = models.DateTimeField(null=True, editable=False)
    # Until then she reads and does not write (`accounts.silence`). A moment that has passed holds nothing.
    silenced_until = models.DateTimeField(null=True, editable=False)

    first_time = False  # not stored: she signs in just now, and never did before

    objects = MemberManager()

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="member_email_once"),
            models.CheckConstraint(condition=Q(trust_level__lte=4), name="member_trust_level"),
            models.CheckConstraint(
                condition=Q(language__in=["", "th", "en"]), name="member_language_known"
            ),
            models.CheckConstraint(condition=~Q(handle=""), name="member_handle_not_empty"),
        ]
        indexes = [
            # The admin's list, newest first.
            models.Index(fields=["-created_at", "-id"], name="member_newest"),
            # The admin's filters: who is suspended, who moderates.
            models.Index(
                fields=["-created_at", "-id"],
                name="member_suspended",
                condition=Q(is_active=False),
            ),
            models.Index(
                fields=["-created_at", "-id"], name="member_moderators", condition=Q(is_staff=True)
            ),
            # Who has proven no address yet, and is forgotten after some days.
            models.Index(
                fields=["pending_since"],
                name="member_pending",
                condition=Q(pending_since__isnull=False),
            ),
            # Whose picture lies at an address.
            models.Index(
                fields=["picture"],
                name="member_picture",
                condition=Q(picture__isnull=False),
            ),
            # Members in dictionary order.
            models.Index(fields=["sort_key"], name="member_by_name"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.handle

    def derive(self) -> None:
        """Compute the columns that follow from handle and name. Called by every action that sets them."""
        self.handle_key = handle_key(self.handle)
        self.handle_skeleton = skeleton(self.handle)
        self.display_name = self.display_name or self.handle
        self.sort_key = sort_key(self.display_name)

    def set_password(self, raw_password: str | None) -> None:
        """Keep a password in the one form of what is drawn alike: keyboards write น้ำ in several ways."""
        super().set_password(raw_password and password_forms(raw_password)[0])

    def check_password(self, raw_password: str | None) -> bool:
        """Is it hers, in the one form, or (as it was kept before there was one) as typed?"""
        return raw_password is not None and any(
            map(super().check_password, password_forms(raw_password))
        )

    def get_absolute_url(self) -> str:
        return member_url(self.handle)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def initial(self) -> str:
        """The letter a bead shows when there is no picture."""
        return initial(str(self))

    @property
    def says_of_herself(self) -> bool:
        """Is there anything she need not have said: a name beside her handle, a picture, a province, a text, links?"""
        named = self.display_name != self.handle
        return bool(named or self.picture or self.bio or self.province or self.links)

    @property
    def place(self) -> str:
        return str(self.get_province_display()) if self.province else ""

    @property
    def picture_url(self) -> str:
        return picture_url(self.picture, size=192)

    @property
    def reads(self) -> str:
        """The language of what we write to her: the one she chose, else the site's."""
        return self.language or settings.LANGUAGE_CODE


class GoneHandleManager(models.Manager["GoneHandle"]):
    def keeps(self, handle: str) -> bool:
        """Was this the handle, or looked like it, of somebody who left?"""
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return self.filter(digest__in=[look_digest(handle, key) for key in keys]).exists()


class GoneHandle(models.Model):
    """That a handle of this look is nobody's any more and never will be: who has it would be taken for who left.

    The look is kept as a digest made with the site's key, which does not say what it was.
    """

    digest = models.CharField(max_length=64, primary_key=True)

    objects = GoneHandleManager()

    def __str__(self) -> str:
        return self.digest


def look_digest(handle: str, key: str) -> str:
    """A handle's look as a digest, which `key` is needed to make."""
    return salted_hmac(
        "accounts.gone", skeleton(handle), secret=key, algorithm="sha256"
    ).hexdigest()


class Said(models.TextChoices):
    """What a row of Consent is about. Only the last is a consent in the law's sense, which can be taken back; the first is a
    contract, and holds as long as she is a member."""

    TERMS = "terms", _("House rules and terms of use: agreed")
    NOTICE = "notice", _("Privacy notice: shown")
    AGE = "age", _("Twenty years old, or a guardian agrees: said")
    PROFILE = "profile", _("What you say of yourself: consent to show it")


class Consent(models.Model):
    """That a member agreed to something, was shown it or said it (`kind`), when, and in which wording (`version`; '' where she took
    back what she had given before it was noted).

    Thai law (PDPA, s. 19) wants a consent that can be shown and withdrawn: rows are never
    changed but for `withdrawn_at`, and a new wording asks for a new row.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(
        _("about"), max_length=10, choices=Said, default=Said.TERMS, db_default=Said.TERMS
    )
    version = models.CharField(_("wording of"), max_length=20)
    given_at = models.DateTimeField(_("given"), db_default=Now(), editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "version"],
                condition=Q(withdrawn_at=None),
                name="consent_once_a_kind",
            ),
            models.CheckConstraint(condition=Q(kind__in=Said.values), name="consent_kind_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(kind="profile"),
                name="consent_only_is_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class WaitingAddressManager(models.Manager["WaitingAddress"]):
    @staticmethod
    def addresses() -> models.QuerySet[EmailAddress]:
        """Those that wait to be proven beside a proven one of the same member; an account's only one is none."""
        proven = EmailAddress.objects.filter(user=models.OuterRef("user"), verified=True)
        waiting = EmailAddress.objects.filter(verified=False, primary=False)
        return waiting.filter(models.Exists(proven))

    def until(self, member: Member) -> datetime | None:
        """When the address a member is about to change to will be forgotten; None where none waits."""
        waiting = self.filter(address__in=self.addresses().filter(user=member))
        newest = waiting.order_by("-address").first()
        return newest.since + timedelta(days=settings.ACCOUNTS_PENDING_DAYS) if newest else None


class WaitingAddress(models.Model):
    """Since when an address a member typed, to change to it, waits to be proven."""

    address = models.OneToOneField(
        EmailAddress, on_delete=models.CASCADE, primary_key=True, related_name="waiting"
    )
    since = models.DateTimeField(db_default=Now(), db_index=True, editable=False)

    objects = WaitingAddressManager()

    def __str__(self) -> str:
        return str(self.address)


class Why(models.TextChoices):
    """What became of a mail that came back."""

    SOFT = "soft"  # not just then: a full mailbox, a server that is away
    HARD = "hard"  # there is no such mailbox
    COMPLAINT = "complaint"  # its reader calls it junk


class BounceScore(models.Model):
    """How badly mails to one address have fared (`accounts.bounces`); no row where nothing came back.

    `mailed_at` is when the newest mail that counts went; what went before `again_at` counts no more: she said then that
    we should try again. Since `stopped_at` no notification goes there. Gone with the address.
    """

    address = models.OneToOneField(
        EmailAddress, on_delete=models.CASCADE, primary_key=True, related_name="bounces"
    )
    score = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=10, choices=Why)
    mailed_at = models.DateTimeField(null=True)
    again_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(score__lte=4), name="bounces_score"),
            models.CheckConstraint(condition=Q(why__in=Why.values), name="bounces_why_known"),
            models.CheckConstraint(
                condition=Q(mailed_at__isnull=False) | Q(again_at__isnull=False),
                name="bounces_have_a_time",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(score=4), name="bounces_stop_at_four"
            ),
        ]

    def __str__(self) -> str:
        return str(self.address)


def password_forms(typed: str) -> list[str]:
    """The forms a typed password may be kept in: first the one form new ones have."""
    return list(dict.fromkeys((in_one_form(typed) or typed, typed)))


@lru_cache(maxsize=4096)  # quoted letter by letter, and the same are named all day
def member_url(handle: str) -> str:
    """The address of a member's page; lists build hundreds, so the resolver is not asked."""
    return f"/u/{quote(handle)}/"


def picture_url(picture: uuid.UUID | None, *, size: int) -> str:
    """The address of a profile picture (`size` is one of PICTURE_SIZES), or ''."""
    return f"/pictures/members/{picture}/{size}.webp" if picture else ""
