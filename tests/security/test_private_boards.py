"""Filling private boards changes no byte of what somebody who may not enter it can read.

The lessons of other forums (activity pages, redirects, counts, last posters, tags, logs) in one
test: every page a visitor or an outsider can reach is read before and after, and compared.
"""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.core.cache import caches
from django.test import Client

from accounts.models import Member
from forums.demo.clock import clock_at
from forums.discussions.boards.models import Access, Board, OpenTo
from forums.discussions.openings import actions as topics
from forums.discussions.posts import actions as posts
from forums.discussions.posts.models import Post, ReactionKind
from forums.discussions.topics.models import Topic
from forums.moderation import actions as moderation
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from roypalang.request_ids import HEADER
from tests.clients import signed_in
from tests.make import join, make_board, make_member, make_network, make_post, make_topic
from tests.security.world import png

SECRET = "ความลับ"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MASKS = [
    (re.compile(r"\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT"), "TIME"),
    (re.compile(r'name="csrfmiddlewaretoken" value="\w+"'), "TOKEN"),
    (re.compile(r'name="submission" value="[0-9a-f-]{36}"'), "SUBMISSION"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{21}"), "UUID"),
]
# Read although no page links to them: what a reader of another's address bar would try.
ALSO = [
    *("/hot/", "/new/", "/unanswered/", "/tags/", "/boards/", "/moderation/log/", "/robots.txt"),
    *(f"/search/?q={quote(word)}" for word in (SECRET, "เตียง", "ห้องลับ", "สวัสดี", "somchai")),
    *(f"/search/suggest/?q={quote(word)}" for word in (SECRET, SECRET[:4], "เตียง", "ห้องลับ")),
    *(f"/suggest/topics/?open_to=members&q={quote(word)}" for word in (SECRET, SECRET[:4], "เตียง")),
    *("/u/moderator/?show=posts", "/u/malee/?show=posts", "/u/outsider/?show=posts"),
    f"/similar/?title={quote(SECRET)}",
    f"/tags/suggest/?q={quote(SECRET)}",
    f"/tags/{quote(SECRET)}/",
    "/sent/?submission=00000000-0000-4000-8000-000000000000",
    *("/networks/", "/feed/", "/b/open/feed/", f"/tags/{quote(SECRET)}/feed/"),
    *(f"/b/hidden-{int(read)}/feed/" for read in Access),
    *(f"/n/{quote(name)}/{rest}" for name in ("คนรักคลอง", "คนรักป่า") for rest in ("", "feed/")),
    *("/sitemap.xml", "/sitemap-topics-1.xml", "/sitemap-boards-1.xml", "/sitemap-networks-1.xml"),
]


def _community(*reads: Access) -> dict:
    """An open board with some life, and private ones, each with a topic that was moved there."""
    moderator = make_member("moderator", is_staff=True, display_name="ผู้ดูแล")
    malee = make_member("malee", display_name="มาลี", trust_level=3)
    outsider = make_member("outsider", display_name="คนนอก")
    shown = make_board("ห้องเปิด", slug="open")
    network = make_network("คนรักคลอง", malee)
    join(network, moderator)
    make_network("คนรักป่า", outsider)
    asked = make_topic(malee, shown, kind="question", title="สวัสดี", tags=["เตียงลม"])
    comments = [make_post(asked, author) for author in (outsider, malee, moderator)]
    make_post(make_topic(moderator, shown, title="ข่าวดี", kind="news"), malee)
    hidden = {}
    for read in reads:
        mine = {"network": network, "open_to": OpenTo.NETWORK} if read == Access.NETWORK else {}
        board = make_board(f"ห้องลับ {int(read)}", slug=f"hidden-{int(read)}", read=read, **mine)
        moved = make_topic(malee, shown, title=f"ย้ายไปแล้ว {int(read)}", tags=["ย้าย"])
        make_post(moved, outsider)
        moderation.move(moderator=moderator, topic=moved, board=board, reason="ย้ายเข้า")
        hidden[board] = moved
    return {"hidden": hidden, "open_comment": comments[0]} | {
        "moderator": moderator,
        "malee": malee,
        "outsider": outsider,
    }


def _fill(
    *,
    hidden: Board,
    moved: Topic,
    open_comment: Post,
    moderator: Member,
    malee: Member,
) -> list[str]:
    """Everything that can be done in a board is done in a private one. Returns its addresses."""
    picture = save_picture(uploader=moderator, file=png(), alt=SECRET)
    body = f"{SECRET} @outsider /p/{open_comment.pk}/\n\n{markdown(picture)}"
    secret = make_topic(
        moderator, hidden, kind="question", title=SECRET, body=body, tags=["เตียงลม", SECRET]
    )
    member = malee if hidden.read_level < Access.STAFF else moderator
    comment = make_post(secret, member, body=SECRET)
    answer = make_post(secret, moderator, parent=comment, body=SECRET)
    liker = make_member(is_staff=True)
    posts.react(member=liker, post=answer, kind=ReactionKind.USEFUL, on=True)
    topics.accept_answer(member=moderator, topic=secret, post=comment)
    posts.edit_post(editor=member, post=comment, body=f"{SECRET}ใหม่", reason=SECRET)
    moderation.hide_post(moderator=moderator, post=answer, reason=SECRET)
    moderation.pin(moderator=moderator, topic=secret, reason=SECRET)
    make_post(moved, member, body=SECRET)
    moderation.lock(moderator=moderator, topic=moved, reason=SECRET)
    second = make_topic(member, hidden, title=f"{SECRET}สอง", tags=[SECRET, "ย้าย"])
    posts.delete_post(member=moderator, post=make_post(second, moderator))
    return [
        *(
            f"/t/{topic.pk}/{rest}"
            for topic in (secret, second, moved)
            for rest in ("", "x/", "edit/", "reply/")
        ),
        *(
            f"/p/{post.pk}/{rest}"
            for post in (comment, answer)
            for rest in ("", "thread/", "history/", "history/?page=1", "edit/", "delete/")
        ),
        f"/moderation/log/?topic={secret.pk}",
        f"/moderation/log/?post={answer.pk}",
        f"/u/malee/?show=posts&before={comment.pk}",
        f"/t/{open_comment.topic_id}/reply/?to={comment.pk}&quote=1",
        f"/pictures/{picture.pk}",
        *(f"/pictures/{picture.pk}/{size}.webp" for size in picture.sizes),
    ]


def _browser(member: Member | None) -> Client:
    return signed_in(member, raise_request_exception=False)


def _read(client: Client, path: str) -> str:
    """One answer as it was sent, without what is new on each: tokens, names of filled-in forms."""
    response = client.get(path)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: said for name, said in response.headers.items() if name != HEADER}
    text = f"{response.status_code} {headers}\n{body.decode('utf-8', 'replace')}"
    for mask, word in MASKS:
        text = mask.sub(word, text)
    return text


def _leads_on_for_ever(path: str) -> bool:
    """Filters upon filters, provinces by the dozen, month after month: one of each kind is read."""
    where, _question, query = path.partition("?")
    if where == "/networks/":
        return "&" in query or query.startswith("province=") and query != "province=55"
    return where.endswith("/activities/") and "month" in query and query != "view=month"


def _pages(member: Member | None, also: list[str]) -> Iterator[tuple[str, str]]:
    """Every page that can be reached, but for forms that only repeat where one came from."""
    caches["process"].clear()
    client = _browser(member)
    found: set[str] = set()
    waiting = ["/", *ALSO, *also]
    while waiting:
        path = waiting.pop(0)
        if path in found or path.startswith(("/static/", "/accounts/")) or "?next=" in path:
            continue
        if _leads_on_for_ever(path):
            continue
        found.add(path)
        text = _read(client, path)
        yield path, text
        assert len(found) < 400, "the crawl has no end"
        links = re.findall(r"""(?:href|src|action)\s*=\s*["']([^"'<>#]+)""", text)
        moved = re.search(r"'Location': '([^']+)'", text)
        for link in [*links, *([moved[1]] if moved else [])]:
            parts = urlsplit(urljoin(f"http://testserver{path}", html.unescape(link)))
            if parts.netloc == "testserver":
                waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))


def _crawl(member: Member | None, also: list[str]) -> dict[str, str]:
    return dict(_pages(member, also))


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("visitor", (Access.MEMBERS, Access.NETWORK, Access.STAFF)),
        ("outsider", (Access.LEVEL_2, Access.NETWORK, Access.STAFF)),  # of another network
    ],
)
def test_private_boards_leave_no_trace(db, who, reads):
    with clock_at(NOW):
        community = _community(*reads)
        hidden, reader = community.pop("hidden"), community.get(who)
        if reader:
            _crawl(reader, [])  # she reads all there is: what is new is said once
        before = _crawl(reader, [])
        people = {name: community[name] for name in ("open_comment", "moderator", "malee")}
        addresses = [
            path
            for board, moved in hidden.items()
            for path in _fill(hidden=board, moved=moved, **people)
        ]
        after = _crawl(reader, [])
        assert len(before) > 40
        assert set(before) == set(after)
        for path, page in before.items():
            assert page == after[path], path
        for path in addresses:
            page = _read(_browser(reader), path)
            assert SECRET not in page, path
            if path.startswith("/moderation/"):  # says what it says of a topic that never was
                assert page == _read(_browser(reader), path.split("=")[0] + "=999999999"), path
            else:
                assert "Location': '/accounts/login/" in page or page.startswith("404"), path


def test_what_was_moved_or_hidden_is_gone_from_every_page(db):
    with clock_at(NOW):
        community = _community(Access.STAFF)
        malee, moderator, outsider = (community[n] for n in ("malee", "moderator", "outsider"))
        topic = make_topic(malee, make_board(), title=f"{SECRET}หนึ่ง", body=SECRET, tags=["ยืม"])
        post = make_post(community["open_comment"].topic, malee, body=f"{SECRET}สอง")
        assert any(SECRET in page for _path, page in _pages(outsider, []))
        (board,) = community["hidden"]
        moderation.move(moderator=moderator, topic=topic, board=board, reason="ย้ายเข้า")
        moderation.hide_post(moderator=moderator, post=post, reason="ซ่อนไว้")
        for reader in (None, outsider):
            for path, page in _crawl(reader, [f"/t/{topic.pk}/", f"/p/{post.pk}/"]).items():
                shown = page.replace(quote(SECRET), "").replace(f'value="{SECRET}"', "")
                if not path.startswith(("/search/", "/similar/")):  # they repeat what was asked
                    assert SECRET not in shown, path
