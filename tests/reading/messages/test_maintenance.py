"""What an older renderer made of private messages is made again."""

from io import StringIO

from django.core.management import call_command

from forums.reading.messages.actions import send, take_back
from forums.reading.messages.models import Message
from forums.text.render import RENDERER_VERSION


def test_old_html_is_made_again_and_what_was_taken_back_stays_empty(malee, pair):
    gone = send(writer=malee, conversation=pair, body="ส่งผิด")
    take_back(member=malee, message=gone)
    old = pair.said.exclude(pk=gone.pk).get()
    Message.objects.filter(pk=old.pk).update(body_html="เก่า", renderer_version=0)
    said = StringIO()
    call_command("rerender", stdout=said)
    assert "1 private messages rendered." in said.getvalue()
    old.refresh_from_db()
    gone.refresh_from_db()
    assert "สวัสดีค่ะ" in old.body_html
    assert old.renderer_version == RENDERER_VERSION
    assert gone.body_html == ""
