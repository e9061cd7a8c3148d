"""Searches whose pages are measured. The words are chosen from the index: others texts have others."""

from urllib.parse import urlencode

from django.urls import reverse

from forums.search.index.models import SearchWord

RARE = "มะขวิด"  # in no text of the databases; `Bench` writes it into as many as say it
SAY_IT = 5
_NOWHERE = "ฎฆฬฌฏฐฒฆฬ"  # letters no two of which stand together in any word


def pages() -> dict[str, str]:
    """Addresses by the name of the page: what they ask for is in as many posts, however many there are."""
    asked = {
        "search, one rare word": RARE,
        "search, a common word": _word_in(about=100_000),
        "search, a question": f"ทำอย่างไรให้คนในชุมชนช่วยกันดูแล{_word_in(about=1000)}",
        "search, nothing found": _NOWHERE,
    }
    return {name: f"{reverse('search')}?{urlencode({'q': words})}" for name, words in asked.items()}


def _word_in(*, about: int) -> str:
    """The Thai word of four letters or more that is in nearly so many posts, the same each time."""
    words = SearchWord.objects.filter(
        word__regex="^[ก-ฮ][ก-ฮะ-์]{3,}$", documents__lte=about
    ).order_by("-documents", "word")
    found = words.values_list("word", flat=True).first()
    assert found, "words have not been counted"
    return found
