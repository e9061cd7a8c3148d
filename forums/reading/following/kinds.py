"""What following registers elsewhere: what is known with a member, and with a topic she opens."""

from accounts.registry import known_with_her
from forums.discussions.topics.registry import known_with_topic
from forums.reading.following.levels import standing_sql

known_with_topic("standing", standing_sql())
known_with_her(
    "blocked", "ARRAY(SELECT x.person_id FROM forums_block x WHERE x.member_id = m.id)::bigint[]"
)
