"""What mails say, and the page that one of them leads to: a file for each language."""

from deskbell.mail.texts import ar, de, en, es, fr, ja, pt, zh

TEXTS = {
    "ar": ar.TEXTS,
    "de": de.TEXTS,
    "en": en.TEXTS,
    "es": es.TEXTS,
    "fr": fr.TEXTS,
    "ja": ja.TEXTS,
    "pt": pt.TEXTS,
    "zh": zh.TEXTS,
}


def language_of(locale: str | None) -> str:
    """The language to write in: `ar-EG` and `AR_eg` are `ar`; what we do not speak is `en`."""
    language = (locale or "").replace("_", "-").split("-")[0].lower()
    return language if language in TEXTS else "en"
