"""The mail that asks for an address: what it says in every language, and what is not in it."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from deskbell.mail.confirm_email import ConfirmLetter, confirm_email_mail
from deskbell.mail.texts import TEXTS, language_of
from deskbell.mail.texts.shape import AwayTexts

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
LETTER = ConfirmLetter(
    message_id="0198f0b2-0000-7000-8000-000000000001",
    mail_from="Harbour Lamps <support@lamps.example>",
    to_email="vera@home.example",
    locale="en-GB",
    brand="Harbour Lamps",
    confirm_url="https://help.lamps.example/confirm_email#token=abc",
)


def sent(letter: ConfirmLetter) -> EmailMessage:
    """The mail as it arrives: written out and read again."""
    message = message_from_bytes(confirm_email_mail(letter, NOW).as_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_it_says_who_asks_and_that_it_may_be_ignored() -> None:
    message = sent(LETTER)
    assert message["Subject"] == "Confirm your address for Harbour Lamps Support"
    assert message["To"] == "vera@home.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] is None, "there is nothing to unsubscribe from yet"
    for kind in ("plain", "html"):
        content = body(message, kind)
        for expected in (LETTER.confirm_url, "Harbour Lamps support chat", "ignore this mail"):
            assert expected in content


@pytest.mark.parametrize("language", TEXTS)
def test_it_is_written_whole_in_every_language(language: str) -> None:
    message, texts = sent(replace(LETTER, locale=f"{language}-XX")), TEXTS[language]
    assert message["Subject"] == texts.confirm.subject.format(brand="Harbour Lamps")
    page = body(message, "html")
    assert f'<html lang="{language}" dir="{texts.direction}">' in page
    for kind in ("plain", "html"):
        content = body(message, kind)
        assert "{" not in (content if kind == "plain" else content.partition("<body")[2])
        for text in (texts.confirm.open_page, texts.confirm.life, texts.confirm.ignore):
            assert text in content


@pytest.mark.parametrize("language", TEXTS)
def test_no_language_lacks_a_text_or_the_name_of_the_shop(language: str) -> None:
    away, confirm = TEXTS[language].away, TEXTS[language].confirm
    assert all(getattr(away, each.name) for each in fields(AwayTexts))
    for text in (away.subject, away.why, confirm.subject, confirm.intro):
        assert "{brand}" in text
    assert "{name}" in away.greeting
    english = TEXTS["en"]
    assert language == "en" or confirm.page_ask != english.confirm.page_ask


@pytest.mark.parametrize("brand", ["<b>Lamps</b>", "Lamps\r\nBcc: eve@shop.example"])
def test_the_name_of_the_shop_stays_words(brand: str) -> None:
    message = sent(replace(LETTER, brand=brand))
    assert set(message.keys()) == set(sent(LETTER).keys())
    assert "<b>" not in body(message, "html")


def test_a_language_that_we_do_not_speak_is_english() -> None:
    assert [language_of(locale) for locale in ("pt_BR", "ja", "tlh", None)] == [
        "pt",
        "ja",
        "en",
        "en",
    ]
