"""Topics on the moderators' desk."""

from forums.discussions.boards.models import Access
from tests.make import make_board, make_topic

TOPICS = "/admin/forums/topic/"


def test_the_board_of_a_private_topic_stays_in_the_house(as_, moderator):
    topic = make_topic(board=make_board("ห้องผู้ดูแล", read=Access.STAFF))
    assert as_(moderator).get(f"{TOPICS}{topic.pk}/change/").status_code == 200
