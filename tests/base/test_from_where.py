"""From which address a request comes, and whose it is counted as."""

import pytest
from allauth.core.internal.httpkit import get_client_ip

from forums.base.from_where import asked_from, house_of


@pytest.mark.parametrize(
    ("trusted", "said", "own", "found"),
    [
        (0, "203.0.113.9", "198.51.100.1", "198.51.100.1"),  # a header anybody may write
        (1, "6.6.6.6, 203.0.113.9", "127.0.0.1", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 198.51.100.1", "127.0.0.1", "203.0.113.9"),
        (1, "203.0.113.9:4711", "127.0.0.1", "203.0.113.9"),
        (1, "[2001:db8::9]:4711", "127.0.0.1", "2001:db8::9"),
        (1, "", "127.0.0.1", "127.0.0.1"),
        (1, "unknown", "127.0.0.1", ""),
        (0, "", "", ""),
    ],
)
def test_the_address_is_what_the_trusted_proxy_says(rf, settings, trusted, said, own, found):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = trusted
    told = {"HTTP_X_FORWARDED_FOR": said} if said else {}
    request = rf.get("/", REMOTE_ADDR=own, **told)
    assert asked_from(request) == found
    assert (get_client_ip(request) or "") == found


def test_fewer_proxies_than_are_trusted_say_nothing(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert asked_from(rf.get("/", HTTP_X_FORWARDED_FOR="203.0.113.9")) == ""


def test_the_zone_of_a_link_is_no_part_of_an_address(rf):
    assert asked_from(rf.get("/", REMOTE_ADDR="fe80::1%eth0")) == "fe80::1"


def test_a_house_of_the_newer_addresses_is_its_net():
    assert house_of("2001:db8:1:2:3:4:5:6") == house_of("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    assert house_of("203.0.113.9") == "203.0.113.9"
    assert house_of("") == ""


@pytest.mark.parametrize(
    "said", ["::ffff:203.0.113.9", "[::FFFF:203.0.113.9]:4711", "::ffff:cb00:7109"]
)
def test_an_older_address_in_the_clothes_of_a_newer_one_is_the_older(rf, settings, said):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert asked_from(rf.get("/", HTTP_X_FORWARDED_FOR=f"6.6.6.6, {said}")) == "203.0.113.9"
