"""What mails say in Portuguese."""

from deskbell.mail.texts.shape import AwayTexts, ConfirmTexts, Texts

TEXTS = Texts(
    direction="ltr",
    away=AwayTexts(
        subject="Nova resposta do suporte {brand}",
        greeting="Olá, {name}!",
        greeting_without_name="Olá!",
        intro="Respondemos enquanto você estava fora:",
        more="Há mais mensagens no chat.",
        open_chat="Abrir o chat",
        why="Você recebe este e-mail porque escreveu ao suporte {brand} e ainda não leu a "
        "nossa resposta.",
        unsubscribe="Deixar de receber estes e-mails",
    ),
    confirm=ConfirmTexts(
        subject="Confirme o seu endereço para o suporte {brand}",
        greeting="Olá!",
        intro="Alguém deixou este endereço no chat de suporte {brand} para receber por e-mail as "
        "respostas perdidas. Se foi você, confirme que o endereço é seu.",
        open_page="Confirmar o meu endereço",
        life="O link é válido por três dias.",
        ignore="Se não foi você, basta ignorar este e-mail: sem a sua confirmação, nenhuma "
        "resposta será enviada para cá.",
        page_title="Confirme o seu endereço",
        page_ask="Deseja receber por e-mail, neste endereço, as respostas que perder no chat?",
        page_confirm="Confirmar",
        page_done="Obrigado, o seu endereço está confirmado. Você pode fechar esta página.",
        page_old="Este link não é mais válido. Use o do e-mail mais recente ou informe o seu "
        "endereço novamente no chat.",
        page_failed="Não funcionou. Tente novamente em instantes.",
    ),
)
