"""What mails say in Spanish."""

from deskbell.mail.texts.shape import AwayTexts, ConfirmTexts, Texts

TEXTS = Texts(
    direction="ltr",
    away=AwayTexts(
        subject="Nueva respuesta del soporte de {brand}",
        greeting="Hola, {name}:",
        greeting_without_name="Hola:",
        intro="Le hemos respondido mientras no estaba:",
        more="Hay más mensajes en el chat.",
        open_chat="Abrir el chat",
        why="Recibe este correo porque escribió al soporte de {brand} y todavía no ha leído "
        "nuestra respuesta.",
        unsubscribe="Dejar de recibir estos correos",
    ),
    confirm=ConfirmTexts(
        subject="Confirme su dirección para el soporte de {brand}",
        greeting="Hola:",
        intro="Alguien dejó esta dirección en el chat de soporte de {brand} para recibir por "
        "correo las respuestas que se pierda. Si fue usted, confirme que la dirección es "
        "suya.",
        open_page="Confirmar mi dirección",
        life="El enlace es válido durante tres días.",
        ignore="Si no fue usted, simplemente ignore este correo: sin su confirmación no se "
        "enviarán respuestas a esta dirección.",
        page_title="Confirme su dirección",
        page_ask="¿Quiere recibir por correo en esta dirección las respuestas que se pierda en el "
        "chat?",
        page_confirm="Confirmar",
        page_done="Gracias, su dirección está confirmada. Puede cerrar esta página.",
        page_old="Este enlace ya no es válido. Use el del correo más reciente o vuelva a escribir "
        "su dirección en el chat.",
        page_failed="No ha funcionado. Inténtelo de nuevo en un momento.",
    ),
)
