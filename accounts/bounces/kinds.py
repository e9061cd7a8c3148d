"""Whether notifications have stopped going to her address, and why: known with who is signed in."""

from accounts.registry import known_with_her

known_with_her(
    "mail_stopped",
    """(SELECT b.why FROM account_emailaddress a JOIN accounts_bouncescore b ON b.address_id = a.id
        WHERE a.user_id = m.id AND a."primary" AND b.stopped_at IS NOT NULL)""",
)
