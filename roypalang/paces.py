"""How often one may do what costs: settings, told apart for their length."""

from roypalang.environment import is_on

# (how many, within how many seconds) one member may write; the first rule met speaks.
FORUMS_PACE = {
    "writes": [(60, 60), (600, 60 * 60)],  # all forms she sends, whatever they are
    "posts": [(8, 60), (60, 60 * 60)],
    "messages": [(10, 60), (120, 60 * 60)],  # private ones
    "strangers": [(10, 60 * 60), (20, 24 * 60 * 60)],  # people first written to, no network shared
    "named": [(100, 60 * 60), (300, 24 * 60 * 60)],  # people, each time one is told so
    "topics": [(3, 5 * 60), (20, 24 * 60 * 60)],
    "edits": [(10, 60), (60, 60 * 60)],
    "pictures": [(20, 60), (200, 24 * 60 * 60)],
    "organisations": [(5, 60 * 60), (20, 24 * 60 * 60)],
    "networks": [(3, 24 * 60 * 60)],
    "announcements": [(5, 60 * 60), (10, 24 * 60 * 60)],  # with those that are taken back
    "invitations": [(100, 24 * 60 * 60)],
    "first_invitations": [(20, 24 * 60 * 60)],  # of who is new here
    "activities": [(20, 24 * 60 * 60)],
    "changes": [(5, 60 * 60), (15, 24 * 60 * 60)],  # of when and where: letters to all who come
    "lines": [(30, 60), (600, 24 * 60 * 60)],  # of ledgers, written, changed or taken out by hand
    "sheets": [(10, 60), (40, 60 * 60)],  # files for ledgers, each step that reads one
    "push_devices": [(20, 60 * 60)],  # turned on, or tried out: each is a message at once
    "polls": [(5, 60 * 60), (15, 24 * 60 * 60)],
    "statements": [(10, 60 * 60), (20, 24 * 60 * 60)],
    "rounds": [(5, 60 * 60), (15, 24 * 60 * 60)],  # opened: who follows the topic is told each time
    "restatements": [(10, 60 * 60), (30, 24 * 60 * 60)],  # what one says others mean
    "portrayals": [(5, 60 * 60), (10, 24 * 60 * 60)],  # of other networks' positions
    "clarifications": [(3, 24 * 60 * 60)],  # replies asked for where one is named
    "lost_devices": [(3, 7 * 24 * 60 * 60)],
    "leaving": [(5, 24 * 60 * 60)],
    "portraits": [(10, 60 * 60)],  # pictures of oneself and of networks
    "profile": [(30, 60 * 60)],
    "mail_again": [(3, 24 * 60 * 60)],  # mails to an address that sent others back
}
FORUMS_QUIET_EDIT = (
    5 * 60
)  # seconds after writing in which a change nobody answered leaves no version
# How often in a minute, in each process, a member or (the second number) an address may ask for what costs much.
FORUMS_LIGHT_PACE = {
    # Pages: ten a second, so that no member is held before five. Behind an address may stand a village.
    "pages": (600, 600),
    "deep_pages": (600, 120),  # beyond the first page of a list
    "feeds": (0, 60),  # and calendars, for programs: by address only
    "preview": (60, 400),
    "export of votes": (5, 30),
    "drafts": (60, 400),  # kept while somebody types, every few seconds
    "search": (300, 300),
    # Two versions of a text compared, letter by letter: as dear as two home pages, and a visitor leafs through few.
    "history": (40, 15),
    "drawing": (0, 120),  # a picture for sharing that is not kept: by address only
    "suggest": (0, 1_000),  # asked for while somebody types: by address only
    "ways_in": (0, 60),  # passkeys, providers: each leaves a session; by address only
    "mail_stop": (0, 300),  # the link in a letter that stops others: by address only
    "takedown": (0, 5),  # notices from outside: by address only
    "figures": (30, 60),  # a year counted, when it was not for an hour
    "letters": (0, 120),  # a decision read by the link in a letter: by address only
    "accounts": (0, 300),  # forms of visitors, and of all about their accounts: by address only
}

# Newcomers are held short, and their first texts looked at before others read them. Not where a roomful of people signs
# up for a day of learning, with somebody beside them.
FORUMS_LOOKS_FIRST = not is_on("NEWCOMERS_TRUSTED")

# A thing hides itself at this sum of its reports' weights, if two reported it who share no network and have been
# in theirs for so many days.
FORUMS_REPORTS_HIDE_AT, FORUMS_REPORTS_MEMBER_DAYS = 8, 7
# The traffic log: whether it is kept, and for how many whole days (Computer Crime Act, s. 26).
FORUMS_TRAFFIC_LOG, FORUMS_TRAFFIC_DAYS = True, 90
FORUMS_VITALS = (
    True  # whether pages count themselves for the charts of the week (roypalang/tally.py)
)

# Seconds that a replica may be behind; further, and pages are not read from it (roypalang/replicas).
FORUMS_REPLICA_BEHIND = 3

# Whether visitors' pages are kept and given again (docs/decisions/081-pages-kept-for-visitors.md).
FORUMS_KEPT_PAGES = True

FORUMS_APPEAL_DAYS = 14  # in which whose thing it was may ask that somebody else looks again
FORUMS_TAKEDOWN_HOURS = 24  # in which a notice to take something down is answered
FORUMS_TAKEDOWN_WARNED = 4  # hours before that when the moderators are reminded
FORUMS_SEALED_DAYS = 90  # for which what was taken down is kept sealed

FORUMS_LOOSE_PICTURES = 7  # days that a picture is kept which stands in no text
