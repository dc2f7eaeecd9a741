"""What mails say in Arabic."""

from deskbell.mail.texts.shape import AwayTexts, ConfirmTexts, Texts

TEXTS = Texts(
    direction="rtl",
    away=AwayTexts(
        subject="رد جديد من دعم {brand}",
        greeting="مرحبًا {name}،",
        greeting_without_name="مرحبًا،",
        intro="كتبنا إليك في أثناء غيابك:",
        more="توجد رسائل أخرى في المحادثة.",
        open_chat="فتح المحادثة",
        why="تصلك هذه الرسالة لأنك كتبت إلى دعم {brand} ولم تقرأ ردنا بعد.",
        unsubscribe="إلغاء الاشتراك في هذه الرسائل",
    ),
    confirm=ConfirmTexts(
        subject="تأكيد عنوانك لدى دعم {brand}",
        greeting="مرحبًا،",
        intro="ترك أحد الزوار هذا العنوان في محادثة دعم {brand} لتصله بالبريد الردود التي تفوته. "
        "إن كنت أنت، فيُرجى تأكيد أن العنوان لك.",
        open_page="تأكيد عنواني",
        life="الرابط صالح لثلاثة أيام.",
        ignore="إن لم تكن أنت، فتجاهل هذه الرسالة: لن تُرسل أي ردود إلى هنا من دون تأكيدك.",
        page_title="تأكيد عنوانك",
        page_ask="هل تريد أن تصلك الردود التي تفوتك في المحادثة بالبريد على هذا العنوان؟",
        page_confirm="تأكيد",
        page_done="شكرًا لك، تم تأكيد عنوانك. يمكنك إغلاق هذه الصفحة.",
        page_old="لم يعد هذا الرابط صالحًا. استخدم الرابط الوارد في أحدث رسالة، أو أدخل عنوانك في "
        "المحادثة مرة أخرى.",
        page_failed="تعذّر ذلك. يُرجى المحاولة مرة أخرى بعد قليل.",
    ),
)
