"""A boycott that stays fair: the many cannot hide the few, what both sides find wrong goes, who is hot is slowed and loses no
word, and everyone reads why."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from forums.groups.memberships.models import Membership
from forums.moderation.models import Act, Decision
from forums.moderation.queue.models import Case
from forums.moderation.reports.actions import report
from forums.moderation.reports.models import Problem, ProblemReport
from forums.moderation.subjects import of_post
from forums.moderation.topics.actions import slow_down
from forums.notifications.inbox.actions import spread
from tests.browser.steps import follow
from tests.make import join, make_member, make_network, make_post, make_topic

FEW = "เราทำงานในโรงงานนั้น ถ้าเลิกซื้อหมด คนตกงานก่อนคือแม่ครัวกับคนขับรถ"
CRUEL = "ไปรอดักลูกมันที่โรงเรียนเลย"
SECOND = "ขอพูดอีกครั้ง เราไม่ได้เข้าข้างใคร"


def months_in(network, **fields):
    member = make_member(**fields)
    join(network, member)
    Membership.objects.filter(member=member).update(joined_at=timezone.now() - timedelta(days=40))
    return member


def press_report(page, post, problem):
    page.goto(f"/report/post/{post.pk}/")
    page.get_by_text(problem, exact=True).click()
    page.get_by_role("button", name="ส่งให้ผู้ดูแล").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ส่งให้ผู้ดูแลแล้ว")


def test_a_boycott_that_stays_fair(browse, js, moderator):
    buyers, workers = make_network("คนกินปลอดภัย"), make_network("คนโรงงานบ้านบึง")
    camp = [months_in(buyers, trust_level=2) for _each in range(5)]
    worker, mate = (months_in(workers, trust_level=2) for _each in range(2))
    topic = make_topic(camp[0], title="งดซื้อน้ำปลาที่ปล่อยน้ำเสียลงคลอง")
    few, cruel = make_post(topic, worker, body=FEW), make_post(topic, camp[1], body=CRUEL)

    # All of one camp report the one who speaks against it: it stands, and waits for a person.
    for each in camp[1:]:
        report(member=each, subject=of_post(few), problem=Problem.FALSE)
    press_report(browse(camp[0], js=js), few, "ไม่จริงและทำให้คนเสียหาย")
    visitor = browse(js=js)
    visitor.goto(topic.get_absolute_url())
    main = visitor.get_by_role("main")
    expect(main).to_contain_text(FEW)

    # What both sides find wrong hides itself until somebody has looked.
    for each in (camp[2], mate):
        report(member=each, subject=of_post(cruel), problem=Problem.RUDE)
    press_report(browse(worker, js=js), cruel, "ว่าร้ายกัน")
    visitor.reload()
    expect(main).not_to_contain_text(CRUEL)
    assert Decision.objects.get(act=Act.HIDE).moderator is None
    spread()
    author = browse(camp[1], js=js)
    author.goto("/notifications/")
    author.get_by_role("link", name=re.compile("งดซื้อน้ำปลา")).first.click()
    expect(author.get_by_role("main")).to_contain_text("ต่างเครือข่าย")

    # A person decides: the few stand, the cruel stays away, and the talk goes slowly.
    desk = browse(moderator, js=js)
    case = ProblemReport.objects.filter(reporter=camp[0]).get().case
    desk.goto(f"/admin/queue/{case.pk}/")
    desk.get_by_role("radio", name="ไม่ผิดอะไร คงไว้").check()
    follow(desk, desk.get_by_role("button", name="ตัดสิน", exact=True))
    desk.goto(f"/admin/queue/{Case.objects.waiting().get().pk}/")
    desk.get_by_role("radio", name="ซ่อน", exact=True).check()
    desk.get_by_label("เหตุผลที่ผู้เขียนจะได้อ่าน").fill("ชวนไปหาเด็กที่โรงเรียน")
    desk.get_by_role("button", name="ตัดสิน", exact=True).click()
    expect(desk).to_have_url(re.compile(r"/admin/queue/$"))
    slow_down(moderator=moderator, topic=topic, minutes=30, reason="ให้ได้อ่านกันก่อน")
    topic.refresh_from_db()

    few_again = browse(worker, js=js, foreseen="status of 4")
    few_again.goto(topic.get_absolute_url())
    few_again.fill("#id_body", SECOND)
    few_again.get_by_role("button", name=re.compile("^ส่งความคิดเห็น")).click()
    expect(few_again.locator("#form-error")).to_be_visible()
    expect(few_again.locator("#id_body")).to_have_value(SECOND)

    visitor.reload()
    expect(main).to_contain_text(FEW)
    visitor.goto("/moderation/log/")
    log = visitor.get_by_role("main")
    for said in ("ชวนไปหาเด็กที่โรงเรียน", "ให้ได้อ่านกันก่อน"):
        expect(log).to_contain_text(said)
    spread()
    reporter = browse(camp[0], js=js)
    reporter.goto("/reports/")
    expect(reporter.get_by_role("main")).to_contain_text("ผู้ดูแลเห็นว่าคงไว้ได้")
