"""`manage.py makemessages`: Django's, without guesses."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """A new message is empty until somebody has written it: what gettext guesses from a like one ("Stop
    following" as a sentence about calendars) is wrong in the words of a site, and easily overlooked.
    """

    msgmerge_options: list[str] = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]
