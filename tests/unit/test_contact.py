"""Addresses and names that visitors may leave: strict enough to be mailed to, no stricter."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbell.domain.contact import ContactChange, check_change, check_email, email_key
from deskbell.domain.errors import Invalid
from deskbell.mail.confirm_email import ConfirmLetter, confirm_email_mail

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
LETTER = ConfirmLetter("id", "Lamps <help@lamps.example>", "", None, "Lamps", "https://x.example/")

GOOD = [
    "ada@shop.example",
    "Ada.Lovelace+chat@mail.shop.example",
    "o'hara_1@shop.example",
    "ada@bücher.example",
    "ada@BÜCHER.example",
    "ada@例え.テスト",
    "ada@xn--bcher-kva.example",
    "a" * 64 + "@shop.example",
]
BAD = [
    " ",
    "ada",
    "ada@",
    "@shop.example",
    "ada@shop@example.org",
    " ada@shop.example",
    "ada@shop.example ",
    "a da@shop.example",
    "ada@sh op.example",
    "ada@shop.example\n",
    "ada@shop.example\r\nBcc: eve@shop.example",
    "ada@shop.example, eve@shop.example",
    "<ada@shop.example>",
    '"ada"@shop.example',
    "äda@shop.example",
    ".ada@shop.example",
    "a..da@shop.example",
    "ada@shop..example",
    "ada@.example",
    "ada@shop.example.",
    "ada@-shop.example",
    "ada@sh\u00adop.example",
    "ada@shop\u200b.example",
    "ada@shop_1.example",
    "=?utf-8?q?a?=@shop.example",
    "ada\x00@shop.example",
    "\ud800@shop.example",
    "ada@\ud800.example",
    "a" * 65 + "@shop.example",
    "ada@" + "x" * 64 + ".example",
    "ada@" + "x." * 127 + "example",
    "ada@" + "x" * 330 + ".example",
    # The older and the newer rules for domains in other scripts lead to different owners.
    "ada@straße.example",
    "ada@STRAßE.example",
    "ada@βόλος.example",
    "ada@ｓｈｏｐ.example",
    "ada@例え。テスト",
    # Hosts of our own network, and slips of the finger.
    "ada@localhost",
    "ada@gmail",
    "ada@127.0.0.1",
    "ada@[127.0.0.1]",
    "ada@[IPv6:::1]",
]


@pytest.mark.parametrize("email", GOOD)
def test_an_address_that_can_be_mailed_to_is_taken_as_it_is(email: str) -> None:
    assert check_change(ContactChange(email=email)).email == email


@pytest.mark.parametrize("email", BAD)
def test_what_is_no_address_is_refused_by_field(email: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_change(ContactChange(email=email))
    assert refusal.value.data == {"field": "email"}


LOCAL_PARTS = st.text("abAB09.!#$%&'*+/=?^_`{|}~-@ \"", max_size=12)
DOMAINS = st.text("abA09.-_ üß例。", max_size=12)


@given(email=st.builds("{}@{}".format, LOCAL_PARTS, DOMAINS) | st.text(max_size=20))
def test_every_address_taken_is_written_into_a_mail_as_it_is(email: str) -> None:
    try:
        check_email(email)
    except Invalid:
        return
    raw = confirm_email_mail(replace(LETTER, to_email=email), NOW).as_bytes()
    arrived = message_from_bytes(raw, policy=default)["To"]
    assert not arrived.defects
    (address,) = arrived.addresses
    local, _, domain = email.rpartition("@")
    assert address.username == local
    # By another way than the one that wrote it.
    shown = ".".join(map(_read_label, address.domain.split(".")))
    assert shown.casefold() == unicodedata.normalize("NFC", domain).casefold()
    assert "ß" not in domain


def _read_label(label: str) -> str:
    """Read a label as it travels (RFC 3492)."""
    coded = label.lower().removeprefix("xn--")
    return label if coded == label.lower() else coded.encode().decode("punycode")


@pytest.mark.parametrize(
    ("email", "travels"),
    [
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@BÜCHER.example", "ada@xn--bcher-kva.example"),
        ("ada@bu\u0308cher.example", "ada@xn--bcher-kva.example"),
        ("ada@例え.テスト", "ada@xn--r8jz45g.xn--zckzah"),
        ("ada@bücher.xn--zckzah", "ada@xn--bcher-kva.xn--zckzah"),
    ],
)
def test_a_domain_in_another_script_travels_as_its_registrar_knows_it(
    email: str, travels: str
) -> None:
    check_email(email)
    assert confirm_email_mail(replace(LETTER, to_email=email), NOW)["To"] == travels


def test_an_address_is_counted_by_whom_it_reaches() -> None:
    assert email_key("Ada@BÜCHER.example") == email_key("ada@xn--bcher-kva.example")
    for spelling in ("ADA@shop.example", "ada+1@shop.example", "Ada+a+b@SHOP.example"):
        assert email_key(spelling) == "ada@shop.example"
    assert email_key("ada@shop.example") != email_key("eve@shop.example")
    assert email_key("+1@shop.example") != email_key("+2@shop.example")


@pytest.mark.parametrize("name", ["Ada\nLovelace", "\u202eadA", "x" * 321, "a\0b", "\ud800"])
def test_a_name_that_is_no_plain_line_is_refused_by_field(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_change(ContactChange(name=name))
    assert refusal.value.data == {"field": "name"}


@pytest.mark.parametrize(
    "name",
    ["ada@shop.example", "@ada", "ada＠shop.example", "ada﹫shop.example"],
)
def test_a_name_passes_for_no_address(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_change(ContactChange(name=name))
    assert refusal.value.data == {"field": "name"}


@pytest.mark.parametrize(
    "name",
    ["\u200b", "\u3164", "\u200d\u2060", "\u115f \u1160", "\uffa0", "\u2800", "\ufe0f", "\u034f"],
)
def test_a_name_with_nothing_to_see_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_change(ContactChange(name=name))
    assert refusal.value.data == {"field": "name"}


@pytest.mark.parametrize("name", ["李", "🐈‍⬛", "O'Hara", "4", "김\u3164수"])
def test_a_name_in_any_script_is_taken(name: str) -> None:
    assert check_change(ContactChange(name=name)).name == name


@pytest.mark.parametrize(
    ("name", "kept"), [(" Ada ", "Ada"), ("", ""), ("  ", ""), ("نازنین", "نازنین")]
)
def test_a_name_is_kept_without_the_spaces_around_it(name: str, kept: str) -> None:
    assert check_change(ContactChange(name=name)).name == kept
