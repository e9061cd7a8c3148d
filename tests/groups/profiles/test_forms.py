"""What is typed about a network."""

from accounts.provinces import OF_REGION, PROVINCES, REGIONS
from forums.groups.profiles.forms import NetworkForm


def test_provinces_stand_under_the_regions_of_the_directory():
    regions = NetworkForm(data={"provinces": ["63", "57"]}).regions  # Tak, Chiang Rai
    assert [region["name"] for region in regions] == [name for _region, name in REGIONS]
    codes = [[box.data["value"] for box in region["boxes"]] for region in regions]
    assert codes == list(OF_REGION.values())
    assert sorted(sum(codes, [])) == sorted(code for code, _name in PROVINCES)
    assert [region["chosen"] for region in regions] == [1, 0, 0, 0, 1, 0]
