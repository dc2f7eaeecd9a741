"""The mail about unread replies: what it says, in which language, and that nobody can bend it."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbell.mail.away_mail import AwayLetter, away_mail
from deskbell.mail.mailer import MailPermanentError

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
LETTER = AwayLetter(
    message_id="0198f0b2-0000-7000-8000-000000000001",
    mail_from="Harbour Lamps <support@lamps.example>",
    to_email="ada@shop.example",
    to_name="Ada",
    locale="en",
    brand="Harbour Lamps",
    previews=[("It ships on Friday.", NOW)],
    chat_url="https://help.lamps.example/chat#link=abc",
    unsubscribe_url="https://help.lamps.example/mail/unsubscribe?token=xyz",
)
INJECTIONS = [
    "Ada\r\nBcc: everyone@shop.example",
    "Ada\nSubject: changed",
    "Ada\r\n\r\nA body of my own",
    "Ada\rX: y",
    "Ada\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029X: y",
    '"Ada" <eve@shop.example>, "',
    "=?utf-8?q?Ada=0D=0ABcc=3A_eve=40shop=2Eexample?=",
    "Ada, Eve <eve@shop.example>",
    "\u202eadA",
    "\ud800",
    "a" * 5_000,
    "名" * 5_000,
]


def sent(letter: AwayLetter) -> EmailMessage:
    """The mail as it arrives: written out and read again."""
    message = message_from_bytes(away_mail(letter, NOW).as_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    content = part.get_content()
    assert isinstance(content, str)
    return content


def test_headers_are_complete() -> None:
    message = sent(LETTER)
    assert message["Subject"] == "New reply from Harbour Lamps Support"
    assert message["From"] == "Harbour Lamps <support@lamps.example>"
    assert message["To"] == "Ada <ada@shop.example>"
    assert message["Date"].datetime == NOW
    assert message["Message-ID"] == f"<{LETTER.message_id}@lamps.example>"
    assert message["Auto-Submitted"] == "auto-generated"


def test_one_click_unsubscribe_is_offered_as_in_rfc_8058() -> None:
    token = "t" * 400
    letter = replace(LETTER, unsubscribe_url=f"https://help.example/mail/unsubscribe?token={token}")
    raw = away_mail(letter, NOW).as_bytes()
    assert f"List-Unsubscribe: <{letter.unsubscribe_url}>\r\n".encode() in raw
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


def test_another_try_is_the_same_mail() -> None:
    assert away_mail(LETTER, NOW)["Message-ID"] == away_mail(LETTER, NOW)["Message-ID"]


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_both_bodies_tell_the_reply_and_lead_to_the_chat(kind: str) -> None:
    content = body(sent(LETTER), kind)
    for expected in ("Hello Ada,", "It ships on Friday.", LETTER.chat_url, LETTER.unsubscribe_url):
        assert expected in content


def test_a_preview_has_200_characters_at_most() -> None:
    whole, cut = "e" * 200, "é" * 199 + "…"
    content = body(sent(replace(LETTER, previews=[(whole, NOW), ("é" * 201, NOW)])), "plain")
    assert [whole, cut] == [line for line in content.splitlines() if line[:1] in {"e", "é"}]


def test_ten_replies_are_quoted_and_the_rest_is_said_to_wait() -> None:
    replies = [(f"reply {number:02}", NOW) for number in range(11)]
    ten = body(sent(replace(LETTER, previews=replies[:10])), "plain")
    eleven = body(sent(replace(LETTER, previews=replies)), "plain")
    assert "reply 09" in ten
    assert "There is more in the chat." not in ten
    assert "reply 09" in eleven
    assert "reply 10" not in eleven
    assert "There is more in the chat." in eleven


@pytest.mark.parametrize(
    ("locale", "subject", "greeting", "opening"),
    [
        ("zh-CN", "Harbour Lamps 客服有新回复", "Ada，您好：", '<html lang="zh" dir="ltr">'),
        ("ar_EG", "رد جديد من دعم Harbour Lamps", "مرحبًا Ada،", '<html lang="ar" dir="rtl">'),
        ("tlh", "New reply from Harbour Lamps Support", "Hello Ada,", '<html lang="en" dir="ltr">'),
        (None, "New reply from Harbour Lamps Support", "Hello Ada,", '<html lang="en" dir="ltr">'),
    ],
)
def test_the_mail_speaks_the_users_language(
    locale: str | None, subject: str, greeting: str, opening: str
) -> None:
    message = sent(replace(LETTER, locale=locale))
    assert message["Subject"] == subject
    assert greeting in body(message, "plain")
    assert opening in body(message, "html")


def test_nobody_is_greeted_by_an_empty_name() -> None:
    message = sent(replace(LETTER, to_name=" \n"))
    assert message["To"] == "ada@shop.example"
    assert body(message, "plain").splitlines()[0] == "Hello,"


class Tags(HTMLParser):
    """Collects the elements of a page, as a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.links: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"}]


def test_markup_in_words_stays_words() -> None:
    attack = '</p><script>alert(1)</script><img src=x onerror="a()"><style>*{}</style>{{ 7*7 }}'
    usual = Tags(body(sent(LETTER), "html"))
    letter = replace(LETTER, previews=[(attack, NOW)], to_name=attack, brand=attack)
    page = body(sent(letter), "html")
    assert Tags(page).seen == usual.seen
    assert "{{ 7*7 }}" in page


def test_nothing_is_fetched_from_anywhere() -> None:
    page = body(sent(LETTER), "html")
    assert Tags(page).links == [LETTER.chat_url, LETTER.unsubscribe_url]
    assert "url(" not in page
    assert "@media (prefers-color-scheme: dark)" in page


@pytest.mark.parametrize("text", INJECTIONS)
def test_names_cannot_add_headers_or_recipients(text: str) -> None:
    message = sent(replace(LETTER, to_name=text, brand=text, previews=[(text, NOW)]))
    assert set(message.keys()) == set(sent(LETTER).keys())
    assert [each.addr_spec for each in message["To"].addresses] == ["ada@shop.example"]
    assert [each.addr_spec for each in message["From"].addresses] == ["support@lamps.example"]
    assert "\u202e" not in message["To"] + message["Subject"]


@given(name=st.text(max_size=120), brand=st.text(max_size=120), content=st.text(max_size=300))
def test_any_text_makes_a_mail_that_arrives_whole(name: str, brand: str, content: str) -> None:
    raw = away_mail(
        replace(LETTER, to_name=name, brand=brand, previews=[(content, NOW)]), NOW
    ).as_bytes()
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    message = message_from_bytes(raw, policy=default)
    assert set(message.keys()) == set(sent(LETTER).keys())
    assert [each.addr_spec for each in message["To"].addresses] == ["ada@shop.example"]
    assert not message.defects


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ada",
        "ada@",
        "@shop.example",
        "ada@shop.example\r\nBcc: eve@shop.example",
        "ada@shop.example, eve@shop.example",
        "ada@shop.example>\r\nRCPT TO:<eve@shop.example",
        "ada@shop..example",
        "äda@shop.example",
        "ada@" + "x" * 64 + ".example",
        "a b@shop.example",
        "ada@shop.example\x00",
    ],
)
def test_an_address_that_no_server_takes_is_refused_for_good(email: str) -> None:
    with pytest.raises(MailPermanentError):
        away_mail(replace(LETTER, to_email=email), NOW)


def test_domains_in_other_scripts_travel_as_punycode() -> None:
    assert sent(replace(LETTER, to_email="ada@bücher.example"))["To"].addresses[0].domain == (
        "xn--bcher-kva.example"
    )
