"""A topic as full as one can be: 200 statements, 40 networks, reasons, words, views, texts of others, polls."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Member
from forums.discussions.polls.models import PollKind
from forums.discussions.topics.models import Topic, TopicNetwork
from forums.discussions.voices.models import View
from forums.groups.networks.models import Network
from forums.knowledge.glossary.cards import MOST_WORDS
from forums.knowledge.glossary.models import Meaning, Word
from forums.knowledge.portrayals.models import Portrayal
from forums.knowledge.reasons.models import StatementReason
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.actions import vote
from forums.knowledge.voting.models import Answered
from tests.discussions.polls.making import make_poll
from tests.knowledge.common_ground.told import figures_of, looked, many, publish
from tests.knowledge.making import make_round, member_of, network_in
from tests.make import make_member, make_post, make_topic

SAID_OF = 24  # of the 24 first statements somebody says why; of the next each network
LONG = "บ้านเราอยู่ปลายน้ำ น้ำมาถึงช้ากว่าที่อื่นสองวัน ถ้าไม่บอกกันก่อนก็เตรียมตัวไม่ทันทุกปี เด็กกับคนแก่ลำบากที่สุด "


@dataclass
class Crowded:
    """`noi` is of the first of `networks`, and answered five."""

    topic: Topic
    networks: list[Network]
    noi: Member
    poll: int


def crowded(*, statements: int = 200, networks: int = 40) -> Crowded:
    topic = make_topic(title="ชิงเผาหรือห้ามเผา หมู่บ้านรอบป่าต้นน้ำควรทำอย่างไร")
    there = [network_in(topic, f"เครือข่ายคนรักษ์ป่าต้นน้ำ {topic.pk}-{at}") for at in range(networks)]
    put = many(topic, statements)
    for at, each in enumerate(put):
        each.body, each.network = f"ข้อ {at} {LONG}"[:140], there[at % networks]
    Statement.objects.bulk_update(put, ["body", "network"])
    round_ = make_round(topic)
    silent = [network_in(topic).pk for _ in range(6)]
    publish(round_, figures_of(put, there, unheard=silent))
    _reasons(topic, put, there)
    _said(topic, there)
    choices = "\n".join(f"{at} {LONG[:80]}" for at in range(20))
    polls = [make_poll(topic, kind=PollKind.RANKED, options=choices) for _ in range(3)]
    noi = member_of(there[0])
    for each in put[:5]:
        vote(member=noi, round_=round_, statement=each, choice=Answered.AGREE)
    looked(noi, topic)
    TopicNetwork.objects.filter(network__in=silent).update(first_at=timezone.now())
    topic.refresh_from_db()
    return Crowded(topic, there, noi, polls[0].pk)


def _reasons(topic, put, there):
    for at, network in enumerate(there):
        writer = member_of(network)
        post = make_post(topic, writer, body=LONG * 3, speak_from=network.pk)
        side = Answered.DISAGREE if at % 2 else Answered.AGREE
        StatementReason.objects.create(
            statement=put[at % SAID_OF % len(put)], member=writer, post=post, side=side
        )
    # And of each network one about the same.
    for network in there:
        writer = member_of(network)
        post = make_post(topic, writer, body=LONG * 3, speak_from=network.pk)
        StatementReason.objects.create(
            statement=put[SAID_OF % len(put)], member=writer, post=post, side=Answered.AGREE
        )


def _said(topic, there):
    signer = make_member()
    now = timezone.now()
    View.objects.bulk_create(
        View(
            topic=topic,
            network=network,
            author=signer,
            number=1,
            body=(LONG * 12)[:480],
            created_at=now,
        )
        for network in there
    )
    words = Word.objects.bulk_create(
        Word(topic=topic, term=f"คำ {at}", key=f"คำ{at}", made_by=signer)
        for at in range(MOST_WORDS)
    )
    Meaning.objects.bulk_create(
        Meaning(word=word, network=network, body=(LONG * 2)[:200], author=signer)
        for word in words
        for network in there
    )
    views = {each.network_id: each for each in View.objects.filter(topic=topic)}
    writers = [make_member() for _ in range(5)]
    Portrayal.objects.bulk_create(
        Portrayal(
            topic=topic,
            target=network,
            network=there[0],
            author=writer,
            against=views[network.pk],
            body=(LONG * 2)[:200],
            judges=5,
            given=20,
            own_given=20,
            ended_at=now,
            passed=True,
        )
        for network in there
        for writer in writers
    )
