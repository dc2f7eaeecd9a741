"""How tests look at the mails about unread answers."""

from collections.abc import Callable

from sqlalchemy import select

from deskbell.actions.away_mail import AwayMailRules, UnreadAnswers
from deskbell.actions.due_mail import ClaimedMail, Settled, claim_mail
from deskbell.jobs.mail_plan import MailPlan
from deskbell.jobs.mail_worker import MailWorker
from deskbell.mail.mailer import Mailer
from deskbell.storage.tables import jobs
from tests.cast import MAIL_DELAY
from tests.replay import check_replay
from tests.scene import Scene

PLAN = MailPlan(
    delay=MAIL_DELAY,
    brand="Lamps",
    mail_from="Lamps <help@lamps.example>",
    chat_url="https://help.lamps.example/chat",
    unsubscribe_url="https://help.lamps.example/mail/unsubscribe",
    confirm_url="https://help.lamps.example/confirm_email",
)

MakeWorker = Callable[[Mailer | None], MailWorker]


RULES = AwayMailRules(MAIL_DELAY)


def claim(scene: Scene) -> ClaimedMail[UnreadAnswers] | Settled | None:
    return check_replay(scene, claim_mail, RULES).result


def claimed(scene: Scene) -> ClaimedMail[UnreadAnswers]:
    mail = claim(scene)
    assert isinstance(mail, ClaimedMail)
    return mail


def reasons(scene: Scene) -> list[tuple[str | None, str | None]]:
    query = select(jobs.c.outcome, jobs.c.error).order_by(jobs.c.created_at)
    rows = scene.ask(lambda tx: tx.connection.execute(query).all())
    return [(row.outcome, row.error) for row in rows]


def wait_until_due(scene: Scene) -> None:
    scene.clock.now += MAIL_DELAY
