"""What is typed about a network."""

from accounts.provinces import OF_REGION, PROVINCES, REGIONS
from forums.groups.profiles.forms import EditNetworkForm, NetworkForm
from forums.groups.profiles.versions import TYPED, version_of
from tests.make import make_network


def test_provinces_stand_under_the_regions_of_the_directory():
    regions = NetworkForm(data={"provinces": ["63", "57"]}).regions  # Tak, Chiang Rai
    assert [region.name for region in regions] == [name for _region, name in REGIONS]
    codes = [[box.data["value"] for box in region.boxes] for region in regions]
    assert codes == list(OF_REGION.values())
    assert sorted(sum(codes, [])) == sorted(code for code, _name in PROVINCES)
    assert [region.chosen for region in regions] == [1, 0, 0, 0, 1, 0]


def test_the_form_of_a_page_has_all_that_its_version_counts(db):
    """A new column that is typed stands in the form, and is sent back as it is."""
    network = make_network(
        "คนรักคลอง", sectors=["civil"], provinces=["10"], since_year=2015, questions=["ท่านอยู่ที่ไหน"]
    )
    blank = EditNetworkForm.of(network)
    form = EditNetworkForm(data=blank.initial, network=network)
    assert form.is_valid(), form.errors
    sent = form.values()
    assert {name.removesuffix("_id") for name in TYPED} <= sent.keys()
    for name, value in sent.items():
        if name in TYPED and name != "questions":
            assert value == getattr(network, name), name
    assert sent["questions"] == ["ท่านอยู่ที่ไหน", ""]
    assert sent["seen"] == version_of(network, [])
