"""Made-up texts: put together, they are what rendering and indexing would have made of them."""

from random import Random

from forums.imports.load.texts import PLACES, Texts, Worded
from forums.pictures.bodies import rendered
from forums.text.clusters import plain_clusters
from forums.text.words import runs


def test_whatever_is_put_together_is_what_would_have_been_made_of_it():
    texts, forms = Texts(), set[str]()
    for number in range(300):
        title, text = texts.topic(Random(number))
        html = rendered(text.body, reader=None)
        assert (text.html, text.plain) == (html.html, html.plain)
        assert text.said == Worded(runs(text.plain), plain_clusters(runs(text.plain)))
        assert (html.toc, html.picture_ids, html.named) == ((), (), ())
        assert 0 < len(title) <= 200
        forms |= {mark for mark in ("- ", "> ", "**") if mark in text.body}
    assert len(forms) == 3


def test_names_of_villages_are_each_its_own_and_some_are_rare():
    assert len(set(PLACES)) == len(PLACES)
    said = " ".join(Texts().post(Random(number)).body for number in range(2000))
    times = [said.count(place) for place in (PLACES[0], PLACES[-1])]
    assert times[0] > 5 * max(1, times[1])
