"""What a mail says, in each language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    """The sentences of one language; `{brand}` and `{name}` are filled in."""

    direction: str
    subject: str
    greeting: str
    greeting_without_name: str
    intro: str
    more: str
    open_chat: str
    why: str
    unsubscribe: str


TEXTS = {
    "en": Texts(
        direction="ltr",
        subject="New reply from {brand} Support",
        greeting="Hello {name},",
        greeting_without_name="Hello,",
        intro="We replied while you were away:",
        more="There is more in the chat.",
        open_chat="Open the chat",
        why="You get this mail because you wrote to {brand} Support "
        "and have not read our reply yet.",
        unsubscribe="Unsubscribe from these mails",
    ),
    "zh": Texts(
        direction="ltr",
        subject="{brand} 客服有新回复",
        greeting="{name}，您好：",
        greeting_without_name="您好：",
        intro="您离开后，我们回复了您：",
        more="对话中还有更多消息。",
        open_chat="打开对话",
        why="您收到此邮件，是因为您联系过 {brand} 客服，而我们的回复您尚未阅读。",
        unsubscribe="退订此类邮件",
    ),
    "ar": Texts(
        direction="rtl",
        subject="رد جديد من دعم {brand}",
        greeting="مرحبًا {name}،",
        greeting_without_name="مرحبًا،",
        intro="كتبنا إليك في أثناء غيابك:",
        more="توجد رسائل أخرى في المحادثة.",
        open_chat="فتح المحادثة",
        why="تصلك هذه الرسالة لأنك كتبت إلى دعم {brand} ولم تقرأ ردنا بعد.",
        unsubscribe="إلغاء الاشتراك في هذه الرسائل",
    ),
}


def language_of(locale: str | None) -> str:
    """The language to write in: `ar-EG` and `AR_eg` are `ar`; what we do not speak is `en`."""
    language = (locale or "").replace("_", "-").split("-")[0].lower()
    return language if language in TEXTS else "en"
