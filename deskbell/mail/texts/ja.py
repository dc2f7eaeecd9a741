"""What mails say in Japanese."""

from deskbell.mail.texts.shape import AwayTexts, ConfirmTexts, Texts

TEXTS = Texts(
    direction="ltr",
    away=AwayTexts(
        subject="{brand} サポートから新しい返信があります",
        greeting="{name} 様",
        greeting_without_name="お客様",
        intro="ご不在の間に返信いたしました。",
        more="続きはチャットでご覧いただけます。",
        open_chat="チャットを開く",
        why="{brand} サポートにお問い合わせいただき、返信をまだお読みになっていないため、このメ"
        "ールをお送りしています。",
        unsubscribe="このメールの配信を停止する",
    ),
    confirm=ConfirmTexts(
        subject="{brand} サポート用のメールアドレスのご確認",
        greeting="こんにちは。",
        intro="{brand} のサポートチャットで、見逃した返信をメールで受け取るためにこのアドレスが入"
        "力されました。ご本人の場合は、ご自身のアドレスであることをご確認ください。",
        open_page="アドレスを確認する",
        life="リンクの有効期間は 3 日間です。",
        ignore="お心当たりがない場合は、このメールを無視してください。確認されない限り、返信がこの"
        "アドレスに送られることはありません。",
        page_title="アドレスの確認",
        page_ask="チャットで見逃した返信を、このアドレスにメールでお届けしてもよろしいですか？",
        page_confirm="確認する",
        page_done="ありがとうございます。アドレスが確認されました。このページを閉じてかまいません。",
        page_old="このリンクは無効です。最新のメールのリンクを使うか、チャットでアドレスをもう一度入"
        "力してください。",
        page_failed="うまくいきませんでした。しばらくしてからもう一度お試しください。",
    ),
)
