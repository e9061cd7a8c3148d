"""What can go wrong for a member, each with the words to tell her and the status to tell the browser."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from roypalang.pictures import UNREADABLE, BusyWithPictures, OversizedPicture


class ForumError(Exception):
    """A refusal that is nobody's bug. `status` is the HTTP status, `message` is for the member."""

    status = 400
    message: str | Promise = _("That did not work. Please try it once more.")

    def __init__(
        self, message: str | Promise = "", *, way: tuple[str | Promise, str] | None = None
    ) -> None:
        """`way` leads on from here, where the refusal is a page of its own: a label, and an address."""
        self.message, self.way = message or self.message, way
        super().__init__(str(self.message))


class NotAllowed(ForumError):
    status = 403
    message = _("You may not do this. If you think you should, ask the moderators.")


class CoordinatorsOnly(NotAllowed):
    """What only a network's coordinators do. `network` is the address of its page, where one sees who they are."""

    message = _("Only the coordinators of this network can do this.")

    def __init__(self, network: str, message: str | Promise = "") -> None:
        super().__init__(message, way=(_("See who looks after it"), f"{network}members/"))


class TopicLocked(ForumError):
    status = 409
    message = _("This topic is closed to replies. What you wrote is still here.")


class TopicHidden(ForumError):
    status = 409
    message = _(
        "This topic has been hidden, so it takes no replies now. What you wrote is still here."
    )


class TopicMerged(ForumError):
    status = 409
    message = _(
        "This topic has been merged into another. What you wrote is still here: send it again, and it stands there."
    )


class PostGone(ForumError):
    status = 409
    message = _("The post you answer has been hidden or deleted. What you wrote is still here.")


class Stale(ForumError):
    status = 409
    message = _(
        "Somebody changed this while you were writing. What you wrote is still here; "
        "compare it with the newest text before you save."
    )


class InvitationOver(ForumError):
    status = 410
    message = _("This invitation is no longer good. Please ask whoever sent it for a new one.")


class InvitationUsedUp(ForumError):
    status = 409
    message = _(
        "As many people as this invitation was made for have used it. "
        "Please ask whoever sent it for a new one."
    )


class AlreadyIn(ForumError):
    status = 409
    message = _("You are a member of this network already.")


class AlreadyAnswered(ForumError):
    status = 409
    message = _("Somebody has answered this request already, or it was taken back.")


class AlreadyDecided(ForumError):
    status = 409
    message = _("Somebody else has decided this already. Nothing was changed.")


class LastCoordinator(ForumError):
    status = 409
    message = _(
        "A network needs a coordinator, and you are the only one. "
        "Make another member a coordinator first."
    )


class TooFast(ForumError):
    """As much as one member may do in a while. `message` may tell how long to `wait`, in `minutes`, and the `count`."""

    status = 429
    message = _("Please wait %(wait)s, then send it again. What you wrote is still here.")

    def __init__(self, *, wait: int, count: int = 0) -> None:
        self.wait, self.count = wait, count
        words = {"wait": _how_long(wait), "minutes": -(-wait // 60), "count": count}
        super().__init__(str(self.message) % words)


def _how_long(seconds: int) -> str:
    if seconds <= 90:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    if minutes <= 90:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = -(-minutes // 60)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


class SlowTopic(TooFast):
    """A topic that goes slowly; `count` is how many minutes lie between two texts of one member."""

    message = _(
        "This topic goes slowly: everyone writes once in %(count)d minutes. Please wait %(wait)s, then send "
        "it again. What you wrote is still here."
    )


class AskedTooOften(TooFast):
    message = _(
        "That was asked for many times in a short while. Please wait %(wait)s, then ask again."
    )


class BadText(ForumError):
    status = 400
    message = _("There is nothing to read in this yet.")


class PictureTrouble(ForumError):
    """What went wrong with a picture: said beside it, whatever else the form holds."""


class PicturesTooFast(TooFast, PictureTrouble):
    message = _(
        "That is a lot of pictures. Please wait %(minutes)d minutes, then send the next one."
    )


class BadPicture(PictureTrouble):
    status = 400
    message = UNREADABLE


class PictureTooLarge(BadPicture):
    status = 413
    message = OversizedPicture.message


class TooManyPictures(PictureTrouble):
    status = 503
    message = BusyWithPictures.message


class NoRoom(PictureTrouble):
    status = 507
    message = _(
        "The picture could not be kept: there is no room for it just now. "
        "You can send your text without it, and add the picture later."
    )


class PicturesAway(PictureTrouble):
    status = 503
    message = _(
        "The picture could not be kept: the place where pictures are kept does not answer just now. "
        "You can send your text without it, and add the picture in a few minutes."
    )
