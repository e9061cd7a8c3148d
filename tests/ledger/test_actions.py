"""forums.ledger.actions: opening and closing, lines and their history, files taken in whole or not at all."""

import uuid
from datetime import date
from decimal import Decimal
from threading import Event
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.base.errors import BadText, NotAllowed, Stale, TooFast
from forums.base.sent_twice import SENT_TWICE
from forums.groups.memberships.models import Membership, Role
from forums.groups.networks.models import Event as Happened
from forums.groups.networks.models import EventKind, Network
from forums.ledger import actions
from forums.ledger.models import Line, LineChange, LineImport
from forums.ledger.sheets import actions as sheets
from forums.ledger.sheets.actions import discard_import, keep_import, store_import
from forums.pictures.actions import save_picture
from tests.ledger.make import entry, make_line
from tests.make import join, make_member, make_network
from tests.security.world import png
from tests.threads import in_threads


def test_a_coordinator_opens_and_closes_the_ledger_and_the_history_says_so(malee, network):
    actions.open_ledger(keeper=malee, network=network)
    network.refresh_from_db()
    since = network.ledger_since
    assert since is not None
    actions.open_ledger(keeper=malee, network=network)  # again: nothing happens
    network.refresh_from_db()
    assert network.ledger_since == since
    line = make_line(network, malee)
    actions.close_ledger(keeper=malee, network=network)
    network.refresh_from_db()
    assert network.ledger_since is None
    assert Line.objects.get() == line
    said = Happened.objects.filter(what=EventKind.LEDGER).order_by("id")
    assert [(h.actor, h.details["open"]) for h in said] == [(malee, True), (malee, False)]


def every_write(keeper, network, line, kept):
    """Each write there is, as a function."""
    return [
        lambda: actions.open_ledger(keeper=keeper, network=network),
        lambda: actions.close_ledger(keeper=keeper, network=network),
        lambda: make_line(network, keeper),
        lambda: actions.edit_line(keeper=keeper, line=line, reason="ผิด", **entry(source="ใคร")),
        lambda: actions.take_out_line(keeper=keeper, line=line, reason="ผิด"),
        lambda: keep_import(keeper=keeper, network=network, entries=[], file_name="ก.csv"),
        lambda: store_import(keeper=keeper, kept=kept),
    ]


@pytest.mark.parametrize(
    "who", ["outsider", "member", "spokesperson", "moderator", "staff", "gone"]
)
def test_nobody_but_a_coordinator_writes_anything(malee, network, who):
    line = make_line(network, malee)
    kept = LineImport.objects.create(network=network, author=malee, file_name="ก", rows=[])
    other = make_member(is_staff=who == "staff")
    if who in Role.values:
        join(network, other, role=who)
    if who == "gone":  # a coordinator removed while her form was open
        join(network, other, role=Role.COORDINATOR)
        Membership.objects.filter(member=other).delete()
    for write in every_write(other, network, line, kept):
        with pytest.raises(NotAllowed):
            write()
    assert LineChange.objects.count() == 1


@pytest.mark.parametrize("state", ["archived_at", "hidden_at"])
def test_the_books_of_a_network_that_is_no_longer_open_stay_as_they_are(malee, network, state):
    line = make_line(network, malee)
    kept = LineImport.objects.create(network=network, author=malee, file_name="ก", rows=[])
    Network.objects.filter(pk=network.pk).update(**{state: line.created_at})
    for write in every_write(malee, network, line, kept):
        with pytest.raises(NotAllowed):
            write()


def test_every_change_of_a_line_keeps_the_line_before_it(malee, network):
    line = make_line(network, malee)
    actions.edit_line(
        keeper=malee, line=line, reason="ใบเสร็จบอกอีกอย่าง", **entry(amount=Decimal("1200.00"))
    )
    actions.edit_line(keeper=malee, line=line, reason="ไม่ได้แก้อะไร", **entry(amount=Decimal(1200)))
    actions.take_out_line(keeper=malee, line=line, reason="ลงซ้ำ")
    new, edited, gone = LineChange.objects.order_by("number")
    assert (new.number, new.before, new.after["amount"]) == (1, None, "1234.50")
    assert (edited.before["amount"], edited.after["amount"]) == ("1234.50", "1200.00")
    assert (edited.reason, edited.author) == ("ใบเสร็จบอกอีกอย่าง", malee)
    assert (gone.before["amount"], gone.after, gone.reason) == ("1200.00", None, "ลงซ้ำ")
    line.refresh_from_db()
    assert line.deleted_at is not None


def test_the_history_is_only_added_to(malee, network):
    make_line(network, malee)
    with pytest.raises(IntegrityError), transaction.atomic():
        LineChange.objects.update(reason="ไม่เคยเกิดขึ้น")
    with pytest.raises(IntegrityError), transaction.atomic():
        LineChange.objects.all().delete()


def test_a_change_without_a_reason_is_refused(malee, network):
    line = make_line(network, malee)
    with pytest.raises(BadText):
        actions.edit_line(keeper=malee, line=line, reason="\u200b ", **entry(source="ใคร"))
    with pytest.raises(BadText):
        actions.take_out_line(keeper=malee, line=line, reason="")


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": " \u200b"},
        {"purpose": ""},
        {"purpose": "ก" * 5000},
        {"source": "ก" * 161},
        {"amount": Decimal(0)},
        {"amount": Decimal(-1)},
        {"document_link": "javascript:alert(1)"},
        {"document_link": "ftp://example.org/x"},
    ],
)
def test_a_line_that_says_too_little_or_too_much_is_refused(malee, network, wrong):
    with pytest.raises(BadText):
        make_line(network, malee, **wrong)
    assert not Line.objects.exists()


def test_a_form_sent_twice_is_one_line_and_changed_it_is_another(malee, network):
    form = uuid.uuid4()
    first = make_line(network, malee, submission=form)
    assert make_line(network, malee, submission=form) == first
    assert make_line(network, malee, submission=form, source="อีกคน") != first
    assert Line.objects.count() == LineChange.objects.count() == 2


def test_back_and_send_again_asks_whether_the_line_is_to_stand_twice(malee, network):
    first = make_line(network, malee, submission=uuid.uuid4())
    with pytest.raises(actions.SameLine):
        make_line(network, malee, submission=uuid.uuid4())
    assert Line.objects.count() == 1
    assert make_line(network, malee, submission=uuid.uuid4(), again=True) != first
    Line.objects.update(created_at=timezone.now() - 2 * SENT_TWICE)
    make_line(network, malee, submission=uuid.uuid4())


def test_who_edits_what_somebody_else_changed_meanwhile_is_told(malee, network):
    line = make_line(network, malee)
    edit = {"keeper": malee, "line": line, "reason": "แก้", "seen_revision": 1}
    actions.edit_line(**edit, **entry(source="หนึ่ง"))
    with pytest.raises(Stale):
        actions.edit_line(**edit, **entry(source="สอง"))
    actions.take_out_line(keeper=malee, line=line, reason="ลงซ้ำ")
    with pytest.raises(Stale):
        actions.edit_line(**(edit | {"seen_revision": None}), **entry(source="สาม"))
    with pytest.raises(Stale):
        actions.take_out_line(keeper=malee, line=line, reason="อีกครั้ง")


def test_a_picture_proves_one_line_and_is_its_keepers_own(malee, somchai, network):
    picture = save_picture(uploader=malee, file=png())
    line = make_line(network, malee, document=picture)
    assert LineChange.objects.get().after["document"] == str(picture.pk)
    with pytest.raises(NotAllowed):
        make_line(network, malee, document=picture)
    with pytest.raises(NotAllowed):
        make_line(network, malee, document=save_picture(uploader=somchai, file=png()))
    actions.edit_line(keeper=malee, line=line, reason="มีชื่อคนอื่น", remove_document=True, **entry())
    line.refresh_from_db()
    assert line.document is None


# -- Files --------------------------------------------------------------------------------------


def keep(keeper, network, *entries):
    rows = [entry(document_link="") | each for each in entries]
    return keep_import(keeper=keeper, network=network, entries=rows, file_name="บัญชี.csv")


def test_a_kept_file_is_written_once_its_sender_says_yes(malee, network):
    kept = keep(malee, network, {}, {"flow": "expense", "amount": Decimal("0.25")})
    assert not Line.objects.exists()
    assert store_import(keeper=malee, kept=kept) == 2
    assert list(Line.objects.order_by("id").values_list("flow", "date", "amount")) == [
        ("income", date(2025, 12, 5), Decimal("1234.50")),
        ("expense", date(2025, 12, 5), Decimal("0.25")),
    ]
    changes = LineChange.objects.order_by("id")
    assert [(c.number, c.stands_for, c.reason) for c in changes] == [
        (1, 2, "บัญชี.csv"),
        (1, 0, "บัญชี.csv"),
    ]
    with pytest.raises(Stale):
        store_import(keeper=malee, kept=kept)
    assert Line.objects.count() == 2


def test_what_stands_there_already_is_left_out_as_often_as_it_stands_there(malee, network):
    make_line(network, malee)
    kept = keep(malee, network, {}, {}, {"source": "อีกคน"})
    assert store_import(keeper=malee, kept=kept) == 2
    kept = keep(malee, network, {})
    assert store_import(keeper=malee, kept=kept, skip_known=False) == 1


def test_a_file_of_somebody_else_or_thrown_away_is_not_stored(malee, somchai, network):
    join(network, somchai, role=Role.COORDINATOR)
    kept = keep(malee, network, {})
    with pytest.raises(Stale):
        store_import(keeper=somchai, kept=kept)
    discard_import(keeper=somchai, kept=kept)
    assert LineImport.objects.exists()
    discard_import(keeper=malee, kept=kept)
    with pytest.raises(Stale):
        store_import(keeper=malee, kept=kept)


def test_a_second_file_takes_the_place_of_the_first(malee, network):
    keep(malee, network, {})
    second = keep(malee, network, {})
    assert LineImport.objects.get() == second


def test_a_ledger_holds_so_many_lines_and_no_more(malee, network, monkeypatch):
    monkeypatch.setattr(actions, "MOST_LINES", 3)
    line = make_line(network, malee)
    kept = keep(malee, network, *({"source": f"คนที่ {n}"} for n in range(3)))
    with pytest.raises(actions.LedgerFull):
        store_import(keeper=malee, kept=kept)
    assert (Line.objects.count(), LineImport.objects.count()) == (1, 1)
    actions.take_out_line(keeper=malee, line=line, reason="ลงซ้ำ")
    assert store_import(keeper=malee, kept=kept) == 3
    with pytest.raises(actions.LedgerFull):
        make_line(network, malee)


def test_lines_have_a_pace(malee, network, settings):
    settings.FORUMS_PACE = {"lines": [(4, 60)]}
    line = actions.add_line(keeper=malee, network=network, **entry())
    actions.open_ledger(keeper=malee, network=network)
    actions.edit_line(keeper=malee, line=line, reason="ผิด", **entry(source="ใคร"))
    actions.close_ledger(keeper=malee, network=network)
    for one_more in (
        lambda: actions.add_line(keeper=malee, network=network, **entry(source="อีกคน")),
        lambda: actions.take_out_line(keeper=malee, line=line, reason="ผิด"),
        lambda: actions.open_ledger(keeper=malee, network=network),
    ):
        with pytest.raises(TooFast):
            one_more()
    assert Line.objects.get().revision == 2


@pytest.mark.django_db(transaction=True)
def test_while_a_file_is_taken_in_another_coordinator_writes_on():
    """The network's row is locked when all lines are written: here she writes one in the middle of it."""
    malee, nok = make_member(), make_member()
    network = make_network("", malee)
    join(network, nok, role=Role.COORDINATOR)
    kept = keep(malee, network, {}, {"source": "อีกคน"})
    written = Event()

    def store() -> int:
        real = sheets.unknown

        def slow(*args):
            new = real(*args)
            assert written.wait(20), "she had to wait for the file"
            return new

        with patch.object(sheets, "unknown", slow):
            return store_import(keeper=malee, kept=kept)

    def write() -> Line:
        line = make_line(network, nok, source="ใครก็ได้")
        written.set()
        return line

    results = in_threads(lambda n: (store, write)[n](), range(2))
    assert 2 in results, results
    assert Line.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_file_confirmed_eight_times_at_once_is_written_once():
    malee = make_member()
    network = make_network("", malee)
    kept = keep(malee, network, {}, {"source": "อีกคน"})
    results = in_threads(lambda _n: store_import(keeper=malee, kept=kept), range(8))
    assert sorted(map(str, results))[0] == "2"
    assert sum(isinstance(result, Stale) for result in results) == 7
    assert Line.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_line_sent_eight_times_at_once_is_one_and_eight_edits_at_once_are_one_edit():
    malee, form = make_member(), uuid.uuid4()
    network = make_network("", malee)
    lines = in_threads(lambda _n: make_line(network, malee, submission=form), range(8))
    assert len({line.pk for line in lines}) == 1
    (line,) = Line.objects.all()
    results = in_threads(
        lambda n: actions.edit_line(
            keeper=malee, line=line, reason="แก้", seen_revision=1, **entry(source=f"คนที่ {n}")
        ),
        range(8),
    )
    assert sum(isinstance(result, Stale) for result in results) == 7
    assert LineChange.objects.count() == 2
