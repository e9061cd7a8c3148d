"""Every write to devices: turned on and off, set, woken when their member is told something, and pushed to.

A lot of devices is taken in one short transaction, which also says what each is told and leaves them to us for LEASE; they
are posted to outside of any, side by side, and what came of each is written at once. Killed at any moment, whoever goes
on sends again what nobody wrote down: a message replaces the one before on the screen.
"""

import logging
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.constant_sql import select
from forums.base.errors import ForumError
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.notifications.push import keys
from forums.notifications.push.hours import quiet_until, seconds_to_quiet
from forums.notifications.push.models import LIMIT, PushDevice
from forums.notifications.push.posting import (
    NoAnswer,
    NotPublic,
    ServiceAnswer,
    post,
    split_endpoint,
)
from forums.notifications.push.saying import PushMessage, messages_for, trial
from forums.notifications.push.sealing import seal

if TYPE_CHECKING:
    from accounts.models import Member

logger = logging.getLogger(__name__)

SOON = timedelta(seconds=20)  # what comes together is said together
GAP = timedelta(minutes=10)  # between two messages to a device: six an hour
LOT, AT_ONCE = 32, 8  # devices taken together; posted to side by side
LEASE = timedelta(minutes=5)  # longer than a lot takes where nobody answers
GOOD_FOR = 12 * 60 * 60  # seconds a service keeps a message for a device that is off
WAITS = [timedelta(minutes=m) for m in (1, 5, 30, 120, 480)]  # after a failure; then it is given up
LONGEST_WAIT = 24 * 60 * 60  # seconds, whatever a service asks for
DEAD_AFTER = timedelta(days=7)  # of failures and nothing else
GONE = (404, 410)


class TooManyDevices(ForumError):
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Notifications are on at %(limit)s devices, as many as we keep. Turn one off first.")
            % {"limit": LIMIT},
            way=(_("Notifications"), "/settings/notifications/"),
        )


class NoSuchSession(ForumError):
    status = 409
    message = gettext_lazy("Please sign out here and in again, then turn notifications on.")


# -- By her -------------------------------------------------------------------------------------


@transaction.atomic
def turn_on(
    *, member: "Member", session_key: str | None, endpoint: str, p256dh: bytes, auth: bytes
) -> PushDevice:
    """Push to the browser of this session from now on; it is told so at once. Raises TooManyDevices or NoSuchSession."""
    hold_pace(member, "push_devices")
    one_at_a_time(member)
    session = UserSession.objects.filter(user=member, session_key=session_key).first()
    if session is None:
        raise NoSuchSession
    others = PushDevice.objects.visible_to(member).exclude(session=session)
    if others.exclude(endpoint=endpoint).count() >= LIMIT:
        raise TooManyDevices
    # A browser that somebody else was signed in to before tells her no more.
    PushDevice.objects.filter(endpoint=endpoint).exclude(session=session).delete()
    now = timezone.now()
    values = {
        "endpoint": endpoint, "p256dh": p256dh, "auth": auth, "told_until": now, "due_at": now,
        "trial": True, "tries": 0, "failing_since": None,
    }  # fmt: skip
    try:
        with transaction.atomic():
            device, _new = PushDevice.objects.update_or_create(session=session, defaults=values)
    except IntegrityError as error:  # the same address from two sessions at once
        raise ForumError from error
    return device


@transaction.atomic
def turn_off(*, device: PushDevice) -> None:
    """Push to it no more."""
    PushDevice.objects.filter(pk=device.pk).delete()


@transaction.atomic
def set_quiet(*, device: PushDevice, start: int | None, end: int | None) -> None:
    """Its quiet hours, of Bangkok; None both: never. What waits for the end of others is looked at anew."""
    mine = PushDevice.objects.filter(pk=device.pk)
    mine.update(quiet_from=start, quiet_until=end)
    mine.filter(tries=0, due_at__gt=timezone.now() + GAP).update(due_at=timezone.now())


@transaction.atomic
def try_out(*, member: "Member", device: PushDevice) -> None:
    """Push a message of our own to it, also in quiet hours. Raises TooFast."""
    hold_pace(member, "push_devices")
    PushDevice.objects.filter(pk=device.pk).update(trial=True, due_at=timezone.now(), tries=0)


# -- By the worker ------------------------------------------------------------------------------


# Asked with every line that is written, and almost nobody has a device.
_DEVICES = """
    SELECT d.id FROM forums_pushdevice d JOIN usersessions_usersession s ON s.id = d.session_id
    WHERE s.user_id = ANY(%(members)s::bigint[]) ORDER BY d.id FOR UPDATE OF d
"""


@transaction.atomic(savepoint=False)  # in the transaction that tells: two queries fewer for each
def wake(members: Collection[int], at: datetime) -> None:
    """These members (ids) have got lines of what happened then: their devices are to be looked at soon."""
    found = [pk for (pk,) in select(_DEVICES, members=list(members))]
    if found:
        before = at - timedelta(microseconds=1)
        PushDevice.objects.filter(pk__in=found).update(
            told_until=Least("told_until", before),
            due_at=Coalesce("due_at", timezone.now() + SOON),
        )


def push(limit: int = 1000, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Push to up to `limit` lots of devices that are due; returns how many messages were taken by their services."""
    pushed = 0
    if not keys.is_on():
        return pushed
    for _each in range(limit):
        if stop() or not (lot := _take()):
            break
        sayings = [each for each in lot if each[1] is not None]
        for device, message, answer in _post_all(sayings, stop):
            pushed += _note(device, message, answer)
    return pushed


type Outcome = ServiceAnswer | NoAnswer | NotPublic | Exception


@transaction.atomic
def _take() -> list[tuple[PushDevice, PushMessage | None]]:
    """The next devices that are due, and what each is told; those with something to say are left to us for LEASE."""
    now = timezone.now()
    living = Session.objects.filter(
        session_key=OuterRef("session__session_key"), expire_date__gt=now
    )
    waiting = PushDevice.objects.select_for_update(skip_locked=True, of=("self",))
    due = waiting.filter(due_at__lte=now).annotate(lives=Exists(living))
    lot = list(due.select_related("session__user").order_by("due_at", "id")[:LOT])
    awake = [each for each in lot if _is_awake(each, now)]
    members = {each.session.user_id: each.session.user for each in awake}
    messages = messages_for(members.values(), now)
    return [(each, _say(each, messages, now) if each in awake else None) for each in lot]


def _is_awake(device: PushDevice, now: datetime) -> bool:
    """Whether it may be told something now. Nobody signed in: it is gone; quiet hours: when they are over."""
    mine = PushDevice.objects.filter(pk=device.pk)
    if not (device.lives and device.session.user.is_active):  # type: ignore[attr-defined]
        mine.delete()
        return False
    over = None if device.trial else quiet_until(now, device.quiet_from, device.quiet_until)
    if over is not None:
        mine.update(due_at=over)
    return over is None


def _say(device: PushDevice, messages: dict[int, PushMessage], now: datetime) -> PushMessage | None:
    """What it is told now; None: nothing new, and it is left alone until there is."""
    member = device.session.user
    message = trial(member, device.told_until) if device.trial else messages.get(member.pk)
    if message is not None and (device.trial or message.newest > device.told_until):
        device.due_at = now + LEASE
    else:
        message = device.due_at = None
    PushDevice.objects.filter(pk=device.pk).update(due_at=device.due_at)
    return message


def _post_all(
    sayings: list[tuple[PushDevice, PushMessage | None]], stop: Callable[[], bool]
) -> Iterator[tuple[PushDevice, PushMessage, Outcome]]:
    """Post to all of them, AT_ONCE side by side, and say what came of each as it comes."""
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="push") as pool:
        sent = {
            pool.submit(_post, device, message): (device, message)
            for device, message in sayings
            if message is not None
        }
        for done in as_completed(sent):
            error = done.exception()
            if error is not None and not isinstance(error, Exception):
                raise error
            yield (*sent[done], error or done.result())
            if stop():
                pool.shutdown(cancel_futures=True)
                return


def _post(device: PushDevice, message: PushMessage) -> ServiceAnswer:
    host = split_endpoint(device.endpoint).hostname
    ttl = seconds_to_quiet(timezone.now(), device.quiet_from, most=GOOD_FOR)
    headers = {
        "Authorization": keys.authorization(f"https://{host}"),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(ttl),
        "Topic": "told",  # takes the place of one that waits for a device that is off
        "Urgency": "normal",
    }
    sealed = seal(message.payload(), p256dh=bytes(device.p256dh), auth=bytes(device.auth))
    return post(device.endpoint, sealed, headers)


@transaction.atomic
def _note(device: PushDevice, message: PushMessage, came: Outcome) -> bool:
    """Write down what came of a message; whether the service took it. Not where the device changed meanwhile."""
    now = timezone.now()
    ours = PushDevice.objects.filter(pk=device.pk, due_at=device.due_at)
    told = {"told_until": message.newest, "trial": False, "tries": 0}
    if isinstance(came, ServiceAnswer) and 200 <= came.status < 300:
        ours.update(**told, due_at=now + GAP, failing_since=None)
        return True
    logger.warning("Device %s could not be pushed to: %s", device.pk, came)
    since = device.failing_since or now
    if isinstance(came, NotPublic) or _is_gone(came) or since < now - DEAD_AFTER:
        ours.delete()
    elif device.tries >= len(WAITS):
        ours.update(**told, due_at=None, failing_since=since)
    else:
        wait = _asked_wait(came) or WAITS[device.tries]
        ours.update(due_at=now + wait, tries=device.tries + 1, failing_since=since)
    return False


def _is_gone(came: Outcome) -> bool:
    return isinstance(came, ServiceAnswer) and came.status in GONE


def _asked_wait(came: Outcome) -> timedelta | None:
    """For how long the service asked to be left alone."""
    if not isinstance(came, ServiceAnswer) or came.wait is None or came.status not in (429, 503):
        return None
    return timedelta(seconds=min(max(came.wait, 1), LONGEST_WAIT))
