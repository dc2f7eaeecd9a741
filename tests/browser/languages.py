"""The widget's languages as the tests know them: its own files, and what the browser adds."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

LOCALES = Path(__file__).parents[2] / "web" / "widget" / "src" / "locales"

Forms = dict[str, str]


@dataclass(frozen=True)
class Spoken:
    """A language with a region, and what a native would see there."""

    tag: str
    today: str
    yesterday: str
    question: str
    answer: str
    clock: str = "%H:%M"
    forms: str = "one other other other"
    """The plural forms of 1, 2, 3 and 11."""

    @property
    def language(self) -> str:
        return self.tag.split("-")[0]

    @property
    def direction(self) -> str:
        return "rtl" if self.language == "ar" else "ltr"

    def text(self, key: str) -> str:
        return str(texts(self.language)[key])

    def counted(self, key: str, count: int) -> str:
        """The text for 1, 2, 3 or 11 of something."""
        forms = texts(self.language)[key]
        assert isinstance(forms, dict)
        form = self.forms.split()[(1, 2, 3, 11).index(count)]
        return forms[form].replace("{count}", self.digits(str(count)))

    def time(self, iso: str) -> str:
        """A moment as people there write it."""
        written = datetime.fromisoformat(iso).strftime(self.clock)
        if self.language == "ar":
            written = written.replace("AM", "ص").replace("PM", "م")
        return self.digits(written)

    def digits(self, text: str) -> str:
        return (
            text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
            if self.tag == "ar-EG"
            else text
        )


def texts(language: str) -> dict[str, str | Forms]:
    """Everything that the widget can say in a language, also in the parts that come later."""
    files = (LOCALES / f"{language}.json", LOCALES / "details" / f"{language}.json")
    found: dict[str, str | Forms] = {}
    for file in files:
        found |= json.loads(file.read_text("utf-8"))
    return found


LANGUAGES = [
    Spoken(
        "en-US",
        "Today",
        "Yesterday",
        "Do you ship to Rotterdam?",
        "Yes, in two days. Shall I put one aside for you?",
        clock="%I:%M %p",
    ),
    Spoken(
        "zh-CN",
        "今天",
        "昨天",
        "请问可以寄到上海吗？",
        "可以，两天内送达。需要为您预留一盏吗？",
        forms="other other other other",
    ),
    Spoken(
        "ar-EG",
        "اليوم",
        "أمس",
        "هل تشحنون إلى القاهرة؟",
        "نعم، خلال يومين. هل نحجز لك واحدًا؟",
        clock="%I:%M %p",
        forms="one two few many",
    ),
    Spoken(
        "de-DE",
        "Heute",
        "Gestern",
        "Liefern Sie auch nach Bremen?",
        "Ja, in zwei Tagen. Sollen wir Ihnen eine zurücklegen?",
    ),
    Spoken(
        "es-ES",
        "Hoy",
        "Ayer",
        "¿Hacen envíos a Sevilla?",
        "Sí, en dos días. ¿Le reservamos una?",
    ),
    Spoken(
        "fr-FR",
        "Aujourd’hui",
        "Hier",
        "Livrez-vous à Nantes ?",
        "Oui, en deux jours. Souhaitez-vous que nous vous en réservions une ?",
    ),
    Spoken(
        "ja-JP",
        "今日",
        "昨日",
        "札幌への配送は可能ですか？",
        "はい、2日でお届けできます。1点お取り置きいたしましょうか？",
        forms="other other other other",
    ),
    Spoken(
        "pt-BR",
        "Hoje",
        "Ontem",
        "Vocês entregam em Recife?",
        "Sim, em dois dias. Quer que a gente reserve uma?",
    ),
]
