"""What mails say in German."""

from deskbell.mail.texts.shape import AwayTexts, ConfirmTexts, Texts

TEXTS = Texts(
    direction="ltr",
    away=AwayTexts(
        subject="Neue Antwort vom {brand}-Support",
        greeting="Hallo {name},",
        greeting_without_name="Hallo,",
        intro="Wir haben geantwortet, während Sie weg waren:",
        more="Im Chat gibt es noch mehr.",
        open_chat="Chat öffnen",
        why="Sie erhalten diese E-Mail, weil Sie dem {brand}-Support geschrieben und unsere "
        "Antwort noch nicht gelesen haben.",
        unsubscribe="Diese E-Mails abbestellen",
    ),
    confirm=ConfirmTexts(
        subject="Bestätigen Sie Ihre Adresse für den {brand}-Support",
        greeting="Hallo,",
        intro="Jemand hat im Support-Chat von {brand} diese Adresse angegeben, um verpasste "
        "Antworten per E-Mail zu erhalten. Wenn Sie das waren, bestätigen Sie bitte, dass "
        "die Adresse Ihnen gehört.",
        open_page="Meine Adresse bestätigen",
        life="Der Link gilt drei Tage.",
        ignore="Wenn Sie es nicht waren, ignorieren Sie diese E-Mail einfach: Ohne Ihre "
        "Bestätigung werden keine Antworten hierher gesendet.",
        page_title="Adresse bestätigen",
        page_ask="Sollen Antworten, die Sie im Chat verpassen, per E-Mail an diese Adresse kommen?",
        page_confirm="Bestätigen",
        page_done="Vielen Dank, Ihre Adresse ist bestätigt. Sie können diese Seite schließen.",
        page_old="Dieser Link ist nicht mehr gültig. Nehmen Sie den aus der neuesten E-Mail, oder "
        "geben Sie Ihre Adresse im Chat noch einmal ein.",
        page_failed="Das hat nicht geklappt. Bitte versuchen Sie es gleich noch einmal.",
    ),
)
