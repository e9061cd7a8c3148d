"""forums.groups.profiles.maintenance: stories an older renderer made are made again."""

import io

from django.core.management import call_command

from forums.groups.networks.models import Network
from forums.text.render import RENDERER_VERSION
from tests.make import make_network


def test_an_old_story_is_rendered_again(malee):
    network = make_network("คนรักคลอง", malee, story="**หนา**")
    make_network("คนรักป่า", malee)
    right = network.story_html
    Network.objects.update(story_html="<p>old</p>", renderer_version=0)
    out = io.StringIO()
    call_command("rerender", stdout=out, stderr=io.StringIO())
    assert "1 stories of networks rendered." in out.getvalue()
    network.refresh_from_db()
    assert (network.story_html, network.renderer_version) == (right, RENDERER_VERSION)
    call_command("rerender", stdout=(again := io.StringIO()), stderr=io.StringIO())
    assert "stories" not in again.getvalue()
