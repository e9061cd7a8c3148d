from django.utils import timezone

from forums.discussions.boards.models import Access, OpenTo
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.search.index.models import SearchWord
from forums.search.results.did_you_mean import spellings
from forums.search.upkeep.actions import count_words
from tests.make import (
    make_board,
    make_member,
    make_network,
    make_network_board,
    make_post,
    make_topic,
)


def documents(word: str) -> int | None:
    return SearchWord.objects.filter(word=word).values_list("documents", flat=True).first()


def offered(word: str) -> bool:
    return SearchWord.objects.filter(word=word).exclude(skeleton="").exists()


def test_words_are_counted_once_a_post_and_the_empty_word_counts_the_posts(board):
    topic = make_topic(board=board, title="เศรษฐกิจ เศรษฐกิจ", body="เศรษฐกิจ กับ เศรษฐกิจ")
    make_post(topic, body="เศรษฐกิจ 2569 covid")
    assert count_words() == SearchWord.objects.exclude(word="").count()
    assert (documents("เศรษฐกิจ"), documents("กับ"), documents("2569"), documents("")) == (2, 1, 1, 2)
    assert offered("เศรษฐกิจ")
    assert offered("covid")
    assert not offered("2569")


def test_what_changed_is_corrected_and_what_is_gone_is_forgotten(board):
    topic = make_topic(board=board, body="เศรษฐกิจ")
    post = make_post(topic, body="เศรษฐกิจ ประชาชน")
    count_words()
    before = dict(SearchWord.objects.values_list("word", "counted_at"))
    Post.objects.filter(pk=post.pk).update(hidden_at=timezone.now())
    count_words()
    after = dict(SearchWord.objects.values_list("word", "counted_at"))
    assert (documents("เศรษฐกิจ"), documents("ประชาชน"), documents("")) == (1, None, 1)
    assert after[""] > before[""]
    assert after["เดิน"] == before["เดิน"]  # what was right is not written again


def test_a_site_without_posts_can_be_counted(db):
    assert count_words() == 0
    assert documents("") == 0
    assert spellings("เศรษฐกิจ") == []


def test_words_that_not_everyone_may_read_are_never_counted_or_offered(board, malee):
    """Each secret stands beside a misspelling of it that would find it."""
    network = make_network("คนรักคลอง", coordinator=malee)
    inside = make_network_board(network, open_to=OpenTo.NETWORK)
    make_topic(malee, inside, title="รัฐบาล", body="รัฐบาล")
    for level in (Access.MEMBERS, Access.LEVEL_2, Access.STAFF):
        make_topic(board=make_board(read=level), title="เศรษฐกิจ", body="เศรษฐกิจ")
    hidden, deleted = (make_topic(board=board, title="ประชาชน", body="ประชาชน") for _ in range(2))
    Topic.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    Topic.objects.filter(pk=deleted.pk).update(deleted_at=timezone.now())
    topic = make_topic(board=board, body="น้ำท่วมหมู่บ้าน")
    for state in ("hidden_at", "deleted_at"):
        post = make_post(topic, body="โทรศัพท์ ||แม่น้ำโขง||")
        Post.objects.filter(pk=post.pk).update(**{state: timezone.now()})
    count_words()
    for secret in ("รัฐบาล", "เศรษฐกิจ", "ประชาชน", "โทรศัพท์"):
        assert documents(secret) is None
    for typed in ("รัดถบาล", "เศษฐกิจ", "ประชาชล", "โทรสับ"):
        assert spellings(typed) == []
    assert spellings("หมูบ้าน") == ["หมู่บ้าน"]


def test_names_of_who_speaks_are_counted_but_not_offered(board):
    """They are no text that can be found; and a network's name stands there when it is hidden, too."""
    network = make_network("พิพิธภัณฑ์", coordinator=make_member(display_name="วิเคราะห์"))
    make_topic(network.registered_by, board, speak_from=network.pk)
    Network.objects.update(hidden_at=timezone.now())
    count_words()
    for name, typed in (("พิพิธภัณฑ์", "พิพิทภัณ"), ("วิเคราะห์", "วิเคาะห์")):
        assert documents(name) == 1
        assert not offered(name)
        assert spellings(typed) == []
