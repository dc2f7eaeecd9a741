"""How tests look at the mails about unread answers."""

from collections.abc import Callable

from sqlalchemy import select

from deskbell.actions.away_mail import Claim, ClaimedMail, claim_away_mail
from deskbell.jobs.away_mail import AwayMailWorker, MailPlan
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
)

MakeWorker = Callable[[Mailer | None], AwayMailWorker]


def claim(scene: Scene) -> Claim:
    return check_replay(scene, claim_away_mail, MAIL_DELAY).result


def claimed(scene: Scene) -> ClaimedMail:
    mail = claim(scene)
    assert isinstance(mail, ClaimedMail)
    return mail


def reasons(scene: Scene) -> list[tuple[str | None, str | None]]:
    query = select(jobs.c.outcome, jobs.c.error).order_by(jobs.c.created_at)
    rows = scene.ask(lambda tx: tx.connection.execute(query).all())
    return [(row.outcome, row.error) for row in rows]


def wait_until_due(scene: Scene) -> None:
    scene.clock.now += MAIL_DELAY
