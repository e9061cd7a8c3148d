"""What is pushed is encrypted as RFC 8291 has it: its own example, and a browser that decrypts."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from forums.notifications.push.keys import decoded, encoded
from forums.notifications.push.sealing import CURVE, point_of, seal, sealed_with
from tests.push_service import PushBrowser

# RFC 8291, section 5 and appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
BROWSER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SITE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIg"
    "Dll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVB"
    "St2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_rfc_comes_out_letter_by_letter():
    key = ec.derive_private_key(int.from_bytes(decoded(SITE)), CURVE)
    keys = {"p256dh": decoded(BROWSER), "auth": decoded(AUTH)}
    assert encoded(sealed_with(key, decoded(SALT), PLAIN, **keys)) == SEALED


@given(st.binary(max_size=600))
def test_the_browser_reads_what_was_sealed_and_no_other_does(plain):
    browser, other = PushBrowser(), PushBrowser()
    sealed = seal(plain, p256dh=browser.p256dh, auth=browser.auth)
    assert browser.opened(sealed) == plain
    assert len(sealed) == len(plain) + 86 + 17
    with pytest.raises(InvalidTag):
        other.opened(sealed)


def test_the_same_is_sealed_anew_each_time():
    browser = PushBrowser()
    twice = {seal(b"x", p256dh=browser.p256dh, auth=browser.auth) for _ in range(2)}
    assert len(twice) == 2


@pytest.mark.parametrize(
    "forged",
    [b"", b"\x04" + bytes(64), b"\x04" + b"\xff" * 64, b"\x00", bytes(65), b"\x02" + bytes(31)],
)
def test_what_is_no_point_of_the_curve_is_refused(forged):
    with pytest.raises(ValueError):
        point_of(forged)
