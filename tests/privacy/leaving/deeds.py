"""What she did beside writing: for a network, for herself, before the moderators; her words and her name in each."""

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts.models import Member
from forums.activities.attendance.actions import answer
from forums.discussions.posts.models import Post
from forums.discussions.voices.actions import answer_invitation, invite_network, set_view
from forums.groups.invitations.actions import invite_by_mail
from forums.groups.memberships.models import Role
from forums.ledger.actions import open_ledger
from forums.moderation.actions import hide_post
from forums.moderation.appeals.actions import appeal
from forums.moderation.clarifications.actions import ask, pin_reply
from forums.moderation.concealing.actions import conceal_passages
from forums.moderation.holding.models import HeldText
from forums.moderation.models import Decision
from forums.moderation.notes.actions import write_note
from forums.moderation.reports.actions import report
from forums.moderation.reports.things import of_message
from forums.moderation.subjects import of_post
from forums.notifications.inbox.actions import spread
from forums.reading.bookmarks.actions import note
from forums.reading.messages.actions import begin
from forums.reading.messages.actions import report as show_moderators
from forums.reading.messages.models import MessageReport
from tests.ledger.make import make_line
from tests.make import join, make_activity, make_member, make_network, make_post, make_topic

if TYPE_CHECKING:
    from tests.privacy.leaving.conftest import Words

SECRET = "บ้านรั้วเขียวเลขที่ 99 หมู่ 13"  # noqa: S105 - words that were hidden


def do_all(her: Member, friend: Member, words: "Words") -> None:
    """A deed of every kind."""
    moderator = make_member(is_staff=True)
    _for_networks(her, friend, words)
    talk = make_topic(friend)
    own = make_post(talk, her, body=f"{words.text} ที่รอดู")
    _for_herself(her, own, words)
    _before_moderators(her, friend, moderator, own, words)
    _hidden(her, friend, moderator, words)
    spread()


def _for_networks(her: Member, friend: Member, words: "Words") -> None:
    """What she did for a network stays the network's, without her name."""
    network = make_network(coordinator=friend)
    join(network, her, role=Role.COORDINATOR)
    answer(member=her, activity=make_activity(network, by=her), answer="going")
    open_ledger(keeper=her, network=network)
    make_line(network, her)
    friends = make_member()
    invite_by_mail(coordinator=her, network=network, addresses=["kaeo@example.org"], days=7)
    other = make_network(coordinator=friends)
    invite_by_mail(coordinator=friends, network=other, addresses=[words.mail], days=7)
    shared = make_topic(friend)
    invite_network(member=friend, topic=shared, network=network)
    answer_invitation(member=her, topic=shared, network=network, accept=True)
    set_view(member=her, topic=shared, network=network, body="คลองต้องใสก่อนถนนกว้าง")


def _for_herself(her: Member, own: Post, words: "Words") -> None:
    note(member=her, post=own, text=f"{words.text} กลับมาอ่าน")
    Authenticator.objects.create(
        user=her, type=Authenticator.Type.WEBAUTHN, data={"name": f"เครื่องของ {words.name}"}
    )


def _before_moderators(
    her: Member, friend: Member, moderator: Member, own: Post, words: "Words"
) -> None:
    mine = f"{words.text} ฉัน {words.name} ขอบอก"
    HeldText.objects.create(
        post=own, why=["word"], met=[words.text], created_at=timezone.now(), ended_at=timezone.now()
    )
    others = make_post(own.topic, friend, body="ขายของ")
    report(member=her, subject=of_post(others), problem="other", words=mine)
    report(member=friend, subject=of_post(own), problem="rude")
    said = begin(writer=friend, people=[her], body="ขอยืมเงินหน่อย")
    report(member=her, subject=of_message(said), problem="other", words=mine)
    back = begin(writer=her, people=[friend], body=words.said)
    show_moderators(member=friend, message=back, reason="พูดไม่ดี")
    MessageReport.objects.update(answered_at=timezone.now(), answered_by=moderator, answer="ดูแล้ว")
    hide_post(moderator=moderator, post=own, reason="ผิดกติกา")
    appeal(member=her, decision=Decision.objects.latest("pk"), words=mine)
    ask(member=her, topic=own.topic, named="person", how=mine, body=words.text)
    pinned = ask(member=her, topic=make_topic(friend), named="person", how=mine, body=words.text)
    pin_reply(moderator=moderator, clarification=pinned, reason="เป็นคนที่ถูกพูดถึงจริง")
    write_note(author=moderator, member=her, text=f"{words.name} ใจเย็นดี", days=30)


def _hidden(her: Member, friend: Member, moderator: Member, words: "Words") -> None:
    """Words of hers that were hidden, where she wrote them and where another quotes her."""
    talk = make_topic(friend)
    told = make_post(talk, her, body=f"เขาอยู่ที่ {SECRET} นะ")
    quote = f"> [{words.name}](/p/{told.pk}/) เขียนว่า:\n>\n> เขาอยู่ที่ {SECRET} นะ\n\nไม่ควรบอก"
    make_post(talk, friend, body=quote)
    conceal_passages(post=told, moderator=moderator, reason="ที่อยู่ของคนอื่น", passages=[SECRET])
