"""What mails say in Chinese."""

from deskbell.mail.texts.shape import AwayTexts, ConfirmTexts, Texts

TEXTS = Texts(
    direction="ltr",
    away=AwayTexts(
        subject="{brand} 客服有新回复",
        greeting="{name}，您好：",
        greeting_without_name="您好：",
        intro="您离开后，我们回复了您：",
        more="对话中还有更多消息。",
        open_chat="打开对话",
        why="您收到此邮件，是因为您联系过 {brand} 客服，而我们的回复您尚未阅读。",
        unsubscribe="退订此类邮件",
    ),
    confirm=ConfirmTexts(
        subject="请确认您在 {brand} 客服使用的邮箱",
        greeting="您好：",
        intro="有人在 {brand} 客服对话中留下了此邮箱，希望通过邮件收到错过的回复。如果是您本人，"
        "请确认此邮箱属于您。",
        open_page="确认我的邮箱",
        life="链接三天内有效。",
        ignore="如果不是您本人，请忽略此邮件：未经您确认，我们不会向此邮箱发送任何回复。",
        page_title="确认邮箱",
        page_ask="是否将您在对话中错过的回复发送到此邮箱？",
        page_confirm="确认",
        page_done="谢谢，您的邮箱已确认。您可以关闭此页面。",
        page_old="此链接已失效。请使用最新邮件中的链接，或在对话中重新填写邮箱。",
        page_failed="操作未成功，请稍后重试。",
    ),
)
