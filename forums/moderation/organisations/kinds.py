"""How what was decided about an organisation is taken back, and that a notice from outside may ask for it."""

from forums.moderation.models import Act
from forums.moderation.organisations import actions
from forums.moderation.registry import plainly, removed_by, undone_by

undone_by(Act.HIDE, "organisation", plainly(actions.unhide, "organisation"))
undone_by(Act.MERGE, "organisation", plainly(actions.unmerge, "organisation"))
removed_by("organisation", actions.hide)
