"""What is watched for in texts and at sign-up."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from accounts.registry import signed_up, signing_up
from forums.base.errors import BadText, NotAllowed
from forums.discussions.openings.actions import start_topic
from forums.discussions.posts.actions import edit_post, reply
from forums.moderation.holding.models import HeldFor, HeldText
from forums.moderation.queue.models import Case
from forums.moderation.watched.actions import forget_accounts, retire_entry, watch
from forums.moderation.watched.matching import lists
from forums.moderation.watched.models import NewAccount
from tests.make import make_board, make_member, make_topic


@pytest.fixture
def topic(db):
    return make_topic(make_member("opener", trust_level=2), make_board())


@pytest.fixture
def watching(moderator, django_capture_on_commit_callbacks):
    """An entry of the lists, which every process knows of."""

    def add(**entry):
        with django_capture_on_commit_callbacks(execute=True):
            return watch(moderator=moderator, **entry)

    return add


def test_what_is_refused_comes_back_with_the_words(watching, topic, malee):
    watching(kind="word", text="สล็อต", follows="refuse")
    with pytest.raises(BadText) as refused:
        reply(author=malee, topic=topic, body="เล่น ส.ล็.อ.ต กันไหม")
    assert "ส.ล็.อ.ต" in str(refused.value.message)


def test_what_waits_says_which_part_of_it(watching, topic, malee):
    watching(kind="host", text="https://www.casino.example/", follows="hold")
    post = reply(author=malee, topic=topic, body="ดู http://m.casino.example/win")
    held = HeldText.objects.get(post=post)
    assert (held.why, held.met) == ([HeldFor.WORD], ["casino.example"])
    assert post.held_at is not None


def test_dots_stand_in_the_place_of_a_masked_word(watching, topic, malee):
    watching(kind="word", text="ไอ้บ้า", follows="mask")
    post = reply(author=malee, topic=topic, body="มัน ไอ้บ้า จริง ๆ")
    assert "ไอ้บ้า" not in post.body + post.body_html
    assert "••••••" in post.body


def test_a_word_is_met_whose_signs_are_named_by_their_numbers_and_no_dots_fit_there(
    watching, topic, malee
):
    watching(kind="word", text="สล็อต", follows="hold")
    watching(kind="word", text="ไอ้บ้า", follows="mask")
    post = reply(author=malee, topic=topic, body="เล่น &#3626;ล็อต &amp; อื่น ๆ")
    assert HeldText.objects.get(post=post).met == ["สล็อต"]
    with pytest.raises(BadText):
        reply(author=malee, topic=topic, body="มัน ไอ้&#3610;้า")
    post = reply(author=malee, topic=topic, body="มัน ไอ้บ้า &amp; คนอื่น")
    assert "••••••" in post.body


def test_of_what_is_reported_moderators_are_told_and_it_appears(watching, topic, malee):
    watching(kind="word", text="ขายตรง", follows="report")
    post = reply(author=malee, topic=topic, body="ชวนทำขายตรงกันค่ะ")
    assert post.held_at is None
    assert Case.objects.filter(kind="noticed", key=str(post.pk)).exists()


def test_titles_and_changes_are_looked_at_too(watching, topic, malee):
    watching(kind="word", text="สล็อต", follows="refuse")
    with pytest.raises(BadText):
        start_topic(
            author=malee, board=topic.board, kind="conversation", title="สล็อตแตก", body="มา"
        )
    post = reply(author=malee, topic=topic, body="สวัสดี")
    with pytest.raises(BadText):
        edit_post(editor=malee, post=post, body="สวัสดี สล็อต")


def test_moderators_may_write_what_they_must_speak_of(watching, topic, moderator):
    watching(kind="word", text="สล็อต", follows="refuse")
    assert reply(author=moderator, topic=topic, body="เราไม่รับสล็อต").pk


def test_an_entry_taken_off_or_past_its_end_is_met_no_more(
    watching, topic, malee, moderator, django_capture_on_commit_callbacks
):
    entry = watching(kind="word", text="สล็อต", follows="refuse")
    with django_capture_on_commit_callbacks(execute=True):
        assert retire_entry(moderator=moderator, entry=entry)
    assert reply(author=malee, topic=topic, body="สล็อต").pk
    assert not retire_entry(moderator=moderator, entry=entry)


@pytest.mark.parametrize(
    "entry",
    [
        {"kind": "net", "text": "0.0.0.0/0", "follows": "refuse"},
        {"kind": "net", "text": "ที่บ้าน", "follows": "refuse"},
        {"kind": "mail", "text": "ไม่มีจุด", "follows": "refuse"},
        {"kind": "host", "text": "a.example", "follows": "mask"},
        {"kind": "word", "text": "คำ", "follows": "let"},
        {"kind": "word", "text": " ", "follows": "hold"},
    ],
)
def test_what_is_no_entry_is_refused(moderator, entry):
    with pytest.raises(BadText):
        watch(moderator=moderator, **entry)


def test_an_end_that_is_past_is_refused(moderator):
    with pytest.raises(BadText):
        watch(
            moderator=moderator, kind="word", text="คำ", follows="hold",
            until=timezone.now() - timedelta(days=1),
        )  # fmt: skip


def test_only_moderators_keep_the_lists(malee):
    with pytest.raises(NotAllowed):
        watch(moderator=malee, kind="word", text="คำ", follows="hold")


def test_domains_are_known_with_those_below_them_and_the_narrowest_net_counts(watching):
    watching(kind="mail", text="@Throwaway.example", follows="refuse")
    watching(kind="net", text="203.0.113.0/24", follows="refuse")
    watching(kind="net", text="203.0.113.7/32", follows="let")
    now = lists()
    assert now.mail("a@mx.throwaway.example").follows == "refuse"
    assert now.mail("a@notthrowaway.example") is None
    assert now.net("203.0.113.9").follows == "refuse"
    assert now.net("203.0.113.7").follows == "let"
    assert now.net("2001:db8::1") is None
    assert now.net("") is None


# -- signing up ---------------------------------------------------------------------------------


@pytest.fixture
def request_from():
    return lambda address: RequestFactory().post("/accounts/signup/", REMOTE_ADDR=address)


def test_an_address_of_a_refused_domain_cannot_sign_up(watching, request_from):
    watching(kind="mail", text="throwaway.example", follows="refuse")
    with pytest.raises(BadText):
        signing_up(request_from("198.51.100.1"), "a@throwaway.example")
    signing_up(request_from("198.51.100.1"), "a@example.org")


def test_a_fourth_account_a_day_from_one_place_is_told_what_to_do(db, request_from, settings):
    settings.FORUMS_LOOKS_FIRST = True
    for _n in range(3):
        signing_up(request_from("2001:db8::1"), "a@example.org")
        signed_up(request_from("2001:db8::1"), make_member())
    with pytest.raises(BadText) as refused:
        signing_up(request_from("2001:db8::2"), "a@example.org")
    assert settings.CONTACT_EMAIL in str(refused.value.message)
    signing_up(request_from("2001:db8:0:1::1"), "a@example.org")
    NewAccount.objects.update(at=timezone.now() - timedelta(days=2))
    signing_up(request_from("2001:db8::2"), "a@example.org")


def test_an_office_that_moderators_let_in_has_no_limit(watching, request_from, settings):
    settings.FORUMS_LOOKS_FIRST = True
    watching(kind="net", text="203.0.113.7", follows="let")
    for _n in range(4):
        signing_up(request_from("203.0.113.7"), "a@example.org")
        signed_up(request_from("203.0.113.7"), make_member())


def test_first_texts_from_a_net_that_is_held_wait(watching, request_from, topic, settings):
    settings.FORUMS_LOOKS_FIRST = True
    watching(kind="net", text="203.0.113.0/24", follows="hold")
    new = make_member(trust_level=0)
    signed_up(request_from("203.0.113.7"), new)
    post = reply(author=new, topic=topic, body="สวัสดี")
    assert HeldText.objects.get(post=post).why == [HeldFor.ADDRESS]


def test_where_accounts_came_from_is_forgotten(db, request_from):
    signed_up(request_from("203.0.113.7"), make_member())
    forget_accounts(timezone.now())
    assert NewAccount.objects.exists()
    forget_accounts(timezone.now() + timedelta(days=8))
    assert not NewAccount.objects.exists()


def test_a_handle_is_looked_at_when_somebody_signs_up(watching, request_from):
    watching(kind="word", text="slotwin", follows="refuse", anywhere=True)
    watching(kind="word", text="bigwin", follows="report", anywhere=True)
    with pytest.raises(BadText):
        signing_up(request_from("203.0.113.9"), "a@example.org", "slotwin99")
    signing_up(request_from("203.0.113.9"), "a@example.org", "bigwin99")
    new = make_member("bigwin99")
    signed_up(request_from("203.0.113.9"), new)
    assert Case.objects.filter(kind="noticed", subject="member", key=str(new.pk)).exists()


def test_tags_and_the_reason_of_a_change_are_looked_at_and_take_no_dots(watching, topic, malee):
    watching(kind="word", text="สล็อต", follows="mask")
    with pytest.raises(BadText):
        start_topic(
            author=malee,
            board=topic.board,
            kind="conversation",
            title="มา",
            body="มา",
            tags=["สล็อต"],
        )
    post = reply(author=malee, topic=topic, body="สวัสดี")
    with pytest.raises(BadText):
        edit_post(editor=malee, post=post, body="สวัสดีค่ะ", reason="ใส่สล็อต")
