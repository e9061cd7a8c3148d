"""forums.topics.similar: topics near a title."""

from forums.boards.models import Access
from forums.moderation import actions as moderation
from forums.topics.similar import similar_topics
from tests.make import make_board, make_member, make_topic


def test_a_title_finds_those_that_share_its_words(malee, board):
    make_topic(malee, board, title="เดินเยี่ยมผู้ป่วยติดเตียงอย่างไรไม่ให้เหนื่อย")
    make_topic(malee, board, title="ราคายางพาราปีนี้")
    found = similar_topics("จัดเวรเยี่ยมผู้ป่วยติดเตียง", member=malee)
    assert [topic["title"] for topic in found] == ["เดินเยี่ยมผู้ป่วยติดเตียงอย่างไรไม่ให้เหนื่อย"]


def test_at_most_five_are_offered(malee, board):
    for n in range(7):
        make_topic(make_member(), board, title=f"น้ำท่วมหมู่บ้าน {n}")
    assert len(similar_topics("น้ำท่วมหมู่บ้านเรา", member=malee)) == 5


def test_nothing_private_is_offered(malee, moderator):
    make_topic(moderator, make_board(read=Access.STAFF), title="ประชุมผู้ดูแลเรื่องน้ำท่วม")
    hidden = make_topic(malee, make_board(), title="น้ำท่วมที่ถูกซ่อน")
    moderation.hide_topic(moderator=moderator, topic=hidden, reason="ลอง")
    assert similar_topics("น้ำท่วมที่บ้าน", member=malee) == []


def test_too_short_or_wordless_a_title_finds_nothing(malee, board):
    make_topic(malee, board, title="น้ำ")
    assert similar_topics("น้ำ", member=malee) == []
    assert similar_topics("!!!!!!!!", member=malee) == []


def test_operators_of_the_query_language_are_plain_letters(malee, board):
    make_topic(malee, board, title="น้ำท่วมหมู่บ้าน")
    assert similar_topics("น้ำท่วม & | ! ( ) :* <-> ' \\", member=malee)
