"""A network's moderators keep order in its boards: what they may, what they may not, what the log says."""

import pytest

from forums.base.errors import NotAllowed
from forums.discussions.boards.models import OpenTo
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.memberships.actions import give_role
from forums.groups.memberships.models import MODERATES, Role
from forums.moderation import actions
from forums.moderation.models import Act, Decision
from tests.make import join, make_board, make_member, make_network, make_post, make_topic

WHY = "ขายของ ไม่เกี่ยวกับเรื่องที่คุย"


@pytest.fixture
def room(network):
    return make_board("ห้องของเรา", network=network, open_to=OpenTo.EVERYONE)


@pytest.fixture
def topic(room, somchai):
    return make_topic(somchai, room)


@pytest.fixture
def keeper(network):
    member = make_member("keeper")
    join(network, member, role=Role.MODERATOR)
    return member


def all_acts(member, topic, post):
    """Every act a network's moderator may run, in an order in which each changes something."""
    for act in (actions.hide_post, actions.unhide_post):
        assert act(moderator=member, post=post, reason=WHY)
    for act in (
        actions.lock,
        actions.unlock,
        actions.pin,
        actions.unpin,
        actions.hide_topic,
        actions.unhide_topic,
    ):
        assert act(moderator=member, topic=topic, reason=WHY)


@pytest.mark.parametrize("role", sorted(MODERATES))
def test_moderators_and_coordinators_of_the_network_may(network, topic, role):
    member = make_member()
    join(network, member, role=role)
    all_acts(member, topic, make_post(topic))
    assert Decision.objects.count() == 8
    for decision in Decision.objects.all():
        assert decision.details == {"board": topic.board_id, "network": network.pk}


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SPOKESPERSON, None])
def test_others_may_not(network, topic, role):
    member = make_member()
    if role:
        join(network, member, role=role)
    with pytest.raises(NotAllowed):
        actions.lock(moderator=member, topic=topic, reason=WHY)
    with pytest.raises(NotAllowed):
        actions.hide_post(moderator=member, post=make_post(topic), reason=WHY)
    assert not Decision.objects.exists()


def test_nor_may_they_elsewhere(keeper, board):
    for other in (board, make_board(network=make_network(), open_to=OpenTo.EVERYONE)):
        with pytest.raises(NotAllowed):
            actions.hide_topic(moderator=keeper, topic=make_topic(board=other), reason=WHY)


def test_moving_is_for_the_sites_moderators(keeper, topic, room, network):
    second = make_board("อีกห้อง", network=network, open_to=OpenTo.EVERYONE)
    with pytest.raises(NotAllowed):
        actions.move(moderator=keeper, topic=topic, board=second, reason=WHY)


def test_the_role_counts_as_it_is_now(malee, network, keeper, topic):
    actions.pin(moderator=keeper, topic=topic, reason=WHY)  # her roles are known by now
    give_role(
        coordinator=malee,
        network=network,
        member=type(keeper).objects.get(pk=keeper.pk),
        role=Role.MEMBER,
    )
    with pytest.raises(NotAllowed):
        actions.lock(moderator=keeper, topic=topic, reason=WHY)


def test_a_topic_moved_out_of_the_network_is_out_of_reach(keeper, moderator, topic, board):
    actions.move(moderator=moderator, topic=topic, board=board, reason=WHY)
    with pytest.raises(NotAllowed):
        actions.hide_topic(moderator=keeper, topic=topic, reason=WHY)


def test_what_the_sites_moderators_decided_only_they_take_back(keeper, moderator, topic):
    post = make_post(topic)
    actions.hide_post(moderator=moderator, post=post, reason=WHY)
    actions.lock(moderator=moderator, topic=topic, reason=WHY)
    actions.hide_topic(moderator=moderator, topic=topic, reason=WHY)
    with pytest.raises(NotAllowed):
        actions.unhide_post(moderator=keeper, post=post, reason=WHY)
    with pytest.raises(NotAllowed):
        actions.unlock(moderator=keeper, topic=topic, reason=WHY)
    with pytest.raises(NotAllowed):
        actions.unhide_topic(moderator=keeper, topic=topic, reason=WHY)
    assert actions.unhide_topic(moderator=moderator, topic=topic, reason=WHY)


def test_and_the_sites_moderators_take_back_what_the_networks_decided(keeper, moderator, topic):
    actions.lock(moderator=keeper, topic=topic, reason=WHY)
    assert actions.unlock(moderator=moderator, topic=topic, reason=WHY)


def test_the_log_says_in_whose_name_but_not_who(as_, keeper, moderator, topic):
    actions.lock(moderator=keeper, topic=topic, reason=WHY)
    actions.pin(moderator=moderator, topic=topic, reason="ให้เห็นก่อน")
    page = as_(None).get("/moderation/log/").content.decode()
    assert page.count("คนดูแลเครือข่าย") == 1
    assert "keeper" not in page


# -- who sees what was hidden ---------------------------------------------------------------------


def test_a_hidden_topic_opens_for_its_networks_moderators_only(network, keeper, topic):
    member, elsewhere = make_member(), make_member()
    join(network, member)
    join(make_network(), elsewhere, role=Role.MODERATOR)
    actions.hide_topic(moderator=keeper, topic=topic, reason=WHY)
    for who, sees in ((keeper, True), (member, False), (elsewhere, False)):
        assert Topic.objects.visible_to(who).filter(pk=topic.pk).exists() == sees
        assert Post.objects.visible_to(who).filter(topic=topic).exists() == sees
        assert not Topic.objects.for_list(who).filter(pk=topic.pk).exists()


# -- the page that asks ---------------------------------------------------------------------------


def test_a_post_is_hidden_from_its_menu_with_a_reason(as_, keeper, topic):
    post = make_post(topic)
    browser, where = as_(keeper), f"/moderation/act/hide/?post={post.pk}"
    undo = f"/moderation/act/unhide/?post={post.pk}"
    assert where in browser.get(topic.get_absolute_url()).content.decode()
    assert "ของเราทำแบบนี้" in browser.get(where).content.decode()
    refused = browser.post(where, {"reason": " "})
    assert refused.status_code == 400
    assert browser.post(where, {"reason": WHY}).url == post.get_absolute_url()
    page = browser.get(topic.get_absolute_url()).content.decode()
    assert undo in page
    assert "ของเราทำแบบนี้" not in page
    assert "ของเราทำแบบนี้" in browser.get(undo).content.decode()  # what she would show again
    again = browser.post(where, {"reason": WHY}, follow=True)
    assert Decision.objects.count() == 1
    assert "เป็นอย่างนั้นอยู่แล้ว" in again.content.decode()


def test_a_topics_acts_stand_beside_it_and_turn_round(as_, keeper, topic):
    browser = as_(keeper)

    def offered():
        page = browser.get(topic.get_absolute_url()).content.decode()
        return {act for act in Act.values if f"/moderation/act/{act}/?topic={topic.pk}" in page}

    assert offered() == {"hide", "lock", "pin"}
    for act in ("lock", "pin", "hide"):
        where = f"/moderation/act/{act}/?topic={topic.pk}"
        assert browser.post(where, {"reason": WHY}).status_code == 302
    assert offered() == {"unhide", "unlock", "unpin"}


def test_nobody_else_is_offered_or_let_do_any(as_, topic, malee, somchai):
    post = make_post(topic)
    stranger = make_member()
    for who in (None, somchai, stranger):
        page = as_(who).get(topic.get_absolute_url()).content.decode()
        assert "/moderation/act/" not in page
    for query in (f"topic={topic.pk}", f"post={post.pk}"):
        where = f"/moderation/act/hide/?{query}"
        assert as_(None).get(where).status_code == 302
        assert as_(stranger).get(where).status_code == 403
        assert as_(stranger).post(where, {"reason": WHY}).status_code == 403
        assert as_(malee).get(where).status_code == 200


def test_what_one_may_not_read_is_not_there_and_no_act_is_no_page(as_, network, keeper, topic):
    private = make_topic(
        keeper, make_board("ภายใน", network=network, open_to=OpenTo.NETWORK, read=8, write=8)
    )
    stranger = as_(make_member())
    for where in (
        f"/moderation/act/hide/?topic={private.pk}",
        f"/moderation/act/move/?topic={topic.pk}",
        f"/moderation/act/suspend/?topic={topic.pk}",
        "/moderation/act/hide/",
        "/moderation/act/hide/?topic=x",
        "/moderation/act/pin/?post=1",
    ):
        assert stranger.get(where).status_code == 404, where
    assert as_(keeper).get(f"/moderation/act/hide/?topic={private.pk}").status_code == 200


def test_the_sites_moderators_use_it_too(as_, moderator, topic):
    where = f"/moderation/act/lock/?topic={topic.pk}"
    assert as_(moderator).post(where, {"reason": WHY}).status_code == 302
    assert "network" not in Decision.objects.get().details
