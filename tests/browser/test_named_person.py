"""A private person is named with her telephone number: reported, hidden, decided with its reason, told, asked again, upheld, and
all of it in the log; then her own side stands under the topic."""

import re

from playwright.sync_api import expect

from forums.discussions.posts.models import Post
from forums.moderation.clarifications.models import Clarification
from forums.moderation.queue.models import Case
from forums.moderation.reports.models import ProblemReport
from forums.moderation.rules.models import HouseRule
from forums.notifications.inbox.actions import spread
from tests.browser.steps import follow
from tests.make import make_member, make_post, make_topic

PHONE = "081-000-2345"
SAID = f"โทรถามป้าเลย {PHONE} จะได้รู้กัน"
WHY = "เบอร์ของคนที่ไม่ได้อยู่ในเรื่อง"
SIDE = "วันนั้นฉันไล่เด็กออกจากหลังรถ เพราะเห็นรถถอยมา"


def test_who_is_named_is_protected_and_heard(browse, js, malee, somchai, moderator):
    rule = HouseRule.objects.create(number=105, title="ไม่ลงข้อมูลส่วนตัว", text="ของใครก็ไม่ลง")
    second = make_member("second", is_staff=True)
    named = make_member("auntie", display_name="ป้าแดง")
    topic = make_topic(make_member("opener"), title="ป้าในคลิปคือใคร")
    post = make_post(topic, malee, body=SAID)

    reader = browse(somchai, js=js)
    reader.goto(f"/report/post/{post.pk}/")
    reader.get_by_text("มีข้อมูลส่วนตัวของคนอื่น", exact=True).click()
    reader.get_by_role("button", name="ส่งให้ผู้ดูแล").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("ส่งให้ผู้ดูแลแล้ว")
    case = ProblemReport.objects.get().case

    visitor = browse(js=js)
    visitor.goto(topic.get_absolute_url())
    expect(visitor.get_by_role("main")).to_contain_text("▮ซ่อนไว้")
    expect(visitor.get_by_role("main")).not_to_contain_text(PHONE)

    desk = browse(moderator, js=js)
    desk.goto(f"/admin/queue/{case.pk}/")
    desk.get_by_role("radio", name="ซ่อนบางช่วงของข้อความ").check()
    desk.get_by_label("กติกาข้อไหน").select_option(label=str(rule))
    desk.get_by_label("เหตุผลที่ผู้เขียนจะได้อ่าน").fill(WHY)
    desk.get_by_role("button", name="ตัดสิน", exact=True).click()
    expect(desk).to_have_url(re.compile(r"/admin/queue/$"))

    spread()
    author = browse(malee, js=js)
    author.goto("/notifications/")
    author.get_by_role("link", name=re.compile("ป้าในคลิปคือใคร")).first.click()
    main = author.get_by_role("main")
    for said in (WHY, str(rule), "ผู้ดูแลเว็บ"):
        expect(main).to_contain_text(said)
    author.get_by_label("ตัดสินผิดตรงไหน").fill("ใคร ๆ ก็รู้เบอร์ป้า")
    author.get_by_role("button", name="ขอให้ดูใหม่").click()
    expect(main).to_contain_text("เราจะบอกผล")

    other = browse(second, js=js)
    other.goto(f"/admin/queue/{Case.objects.get(kind='appeal').pk}/")
    other.get_by_label("คงไว้ตามเดิม").check()
    other.get_by_role("textbox", name="เหตุผล").fill("รู้กันแล้วก็ยังเป็นเบอร์ของป้า")
    follow(other, other.get_by_role("button", name="ตัดสิน", exact=True))
    author.reload()
    expect(main).to_contain_text("รู้กันแล้วก็ยังเป็นเบอร์ของป้า")

    visitor.goto("/moderation/log/?rule=105")
    log = visitor.get_by_role("main")
    for said in (WHY, str(rule), "รู้กันแล้วก็ยังเป็นเบอร์ของป้า"):
        expect(log).to_contain_text(said)
    expect(log).not_to_contain_text(PHONE)
    assert PHONE not in Post.objects.get(pk=post.pk).body

    auntie = browse(named, js=js)
    auntie.goto(f"/t/{topic.pk}/clarify/")
    auntie.get_by_label("ฉันคือคนที่ถูกกล่าวถึง").check()
    auntie.fill("[name=how]", "ป้าในคลิปคือฉันเอง")
    auntie.fill("[name=body]", SIDE)
    auntie.get_by_role("button", name="ส่งให้ผู้ดูแล").click()
    expect(auntie.get_by_role("main")).to_contain_text("รอผู้ดูแลดูก่อน")
    desk.goto(f"/admin/queue/{Case.objects.get(kind='clarify').pk}/")
    desk.get_by_role("radio", name="ปักหมุดไว้ใต้เนื้อกระทู้").check()
    desk.get_by_role("textbox", name="เหตุผล").fill("เป็นคนในคลิปจริง")
    desk.get_by_role("button", name="ตัดสิน", exact=True).click()
    expect(desk).to_have_url(re.compile(r"/admin/queue/$"))
    assert Clarification.objects.get().pinned_at
    visitor.goto(topic.get_absolute_url())
    expect(visitor.get_by_role("main")).to_contain_text(SIDE)
    expect(visitor.get_by_role("main")).to_contain_text("ป้าแดง")
