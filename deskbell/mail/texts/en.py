"""What mails say in English."""

from deskbell.mail.texts.shape import AwayTexts, ConfirmTexts, Texts

TEXTS = Texts(
    direction="ltr",
    away=AwayTexts(
        subject="New reply from {brand} Support",
        greeting="Hello {name},",
        greeting_without_name="Hello,",
        intro="We replied while you were away:",
        more="There is more in the chat.",
        open_chat="Open the chat",
        why="You get this mail because you wrote to {brand} Support and have not read our "
        "reply yet.",
        unsubscribe="Unsubscribe from these mails",
    ),
    confirm=ConfirmTexts(
        subject="Confirm your address for {brand} Support",
        greeting="Hello,",
        intro="A visitor of the {brand} support chat left this address, so that answers they "
        "miss reach them by mail. If that was you, please confirm that the address is "
        "yours.",
        open_page="Confirm my address",
        life="The link works for three days.",
        ignore="If it was not you, simply ignore this mail: without your confirmation no answers "
        "are sent here.",
        page_title="Confirm your address",
        page_ask="Shall answers that you miss in the chat reach you by mail at this address?",
        page_confirm="Confirm",
        page_done="Thank you, your address is confirmed. You can close this page.",
        page_old="This link is no longer valid. Use the one in the newest mail, or enter your "
        "address in the chat again.",
        page_failed="That did not work. Please try again in a moment.",
    ),
)
