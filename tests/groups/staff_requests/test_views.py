"""What a coordinator asks the moderators for, on its page."""

from forums.groups.staff_requests.models import StaffRequest
from tests.answers import page
from tests.make import make_network


def test_asking_the_moderators(as_, malee, somchai):
    network = make_network("คนรักคลอง", malee)
    url = f"{network.get_absolute_url()}ask/"
    assert "ไม่มีเรื่องที่ต้องขอผู้ดูแล" in page(as_(somchai), url)
    empty = as_(malee).post(url, {"kind": "verify", "why": " "})
    assert (empty.status_code, StaffRequest.objects.count()) == (400, 0)
    assert as_(malee).post(url, {"kind": "verify", "why": "มีตัวตนจริง"}).status_code == 302
    assert "รอคำตอบ" in page(as_(malee), url)
    again = as_(malee).post(url, {"kind": "verify", "why": "อีกครั้ง"})
    assert again.status_code == 403
    assert "อีกครั้ง" in again.content.decode()
    assert as_(malee).post(url, {"kind": "take_over", "why": "ก"}).status_code == 400
