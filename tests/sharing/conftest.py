import pytest


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Where pictures are kept: empty."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
