"""Searches whose pages are measured. The words are chosen from the index: others texts have others."""

from urllib.parse import urlencode

from django.urls import reverse

from forums.search.index.models import SearchWord

_QUESTION = "ทำอย่างไรให้คนในชุมชนช่วยกันดูแลแหล่งน้ำหน้าแล้ง"
_NOWHERE = "ฎฆฬฌฏฐฒฆฬ"  # letters no two of which stand together in any word


def pages() -> dict[str, str]:
    """Addresses by the name of the page."""
    asked = {
        "search, one rare word": _word_in(about=5),
        "search, a common word": _word_in(about=100_000),
        "search, a question": _QUESTION,
        "search, nothing found": _NOWHERE,
    }
    return {name: f"{reverse('search')}?{urlencode({'q': words})}" for name, words in asked.items()}


def _word_in(*, about: int) -> str:
    """The Thai word of four letters or more that is in nearly so many posts, the same each time.

    In a database that was grown by copying, the rarest is in a few more.
    """
    words = SearchWord.objects.filter(word__regex="^[ก-ฮ][ก-ฮะ-์]{3,}$").values_list(
        "word", flat=True
    )
    found = words.filter(documents__lte=about).order_by("-documents", "word").first()
    found = found or words.order_by("documents", "word").first()
    assert found, "words have not been counted"
    return found
