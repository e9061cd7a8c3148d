"""How long moderation waits and keeps: settings, told apart for their length."""

FORUMS_APPEAL_DAYS = 14  # in which whose thing it was may ask that somebody else looks again
FORUMS_TAKEDOWN_HOURS = 24  # in which a notice to take something down is answered
FORUMS_TAKEDOWN_WARNED = 4  # hours before that when the moderators are reminded
FORUMS_SEALED_DAYS = 90  # for which what was taken down is kept sealed
