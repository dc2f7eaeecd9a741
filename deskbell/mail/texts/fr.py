"""What mails say in French."""

from deskbell.mail.texts.shape import AwayTexts, ConfirmTexts, Texts

TEXTS = Texts(
    direction="ltr",
    away=AwayTexts(
        subject="Nouvelle réponse du support {brand}",
        greeting="Bonjour {name},",
        greeting_without_name="Bonjour,",
        intro="Nous vous avons répondu en votre absence :",
        more="La suite se trouve dans le chat.",
        open_chat="Ouvrir le chat",
        why="Vous recevez cet e-mail parce que vous avez écrit au support {brand} et n’avez "
        "pas encore lu notre réponse.",
        unsubscribe="Ne plus recevoir ces e-mails",
    ),
    confirm=ConfirmTexts(
        subject="Confirmez votre adresse pour le support {brand}",
        greeting="Bonjour,",
        intro="Quelqu’un a laissé cette adresse dans le chat du support {brand} pour recevoir "
        "par e-mail les réponses manquées. Si c’était vous, veuillez confirmer que cette "
        "adresse est la vôtre.",
        open_page="Confirmer mon adresse",
        life="Le lien est valable trois jours.",
        ignore="Si ce n’était pas vous, ignorez simplement cet e-mail : sans votre confirmation, "
        "aucune réponse ne sera envoyée ici.",
        page_title="Confirmez votre adresse",
        page_ask="Souhaitez-vous recevoir par e-mail à cette adresse les réponses que vous manquez "
        "dans le chat ?",
        page_confirm="Confirmer",
        page_done="Merci, votre adresse est confirmée. Vous pouvez fermer cette page.",
        page_old="Ce lien n’est plus valable. Utilisez celui de l’e-mail le plus récent ou "
        "saisissez de nouveau votre adresse dans le chat.",
        page_failed="Cela n’a pas fonctionné. Veuillez réessayer dans un instant.",
    ),
)
