"""What was said before the browsers came, told to the server as any client would."""

from typing import Any

import httpx2

from deskbell.domain.people import User
from tests.browser.clock import JumpingClock
from tests.browser.desk import identity_of
from tests.cast import DANA_EMAIL, DANA_PASSWORD


class Past:
    """Writes messages by REST, at the time that the server's clock shows."""

    def __init__(self, origin: str, clock: JumpingClock) -> None:
        self._http = httpx2.Client(base_url=origin)
        self._clock = clock

    def close(self) -> None:
        self._http.close()

    def asked(self, user: User, *texts: str) -> str:
        """A customer wrote; gives the id of their chat."""
        identity = identity_of(user, self._clock())
        token = self._post("/support_chat/session", {"identity": identity})["token"]
        chat_id = str(self._get("/support_chat", token)["id"])
        for text in texts:
            self._post("/support_chat/messages", {"content": text}, token)
        return chat_id

    def answered(self, chat_id: str, *texts: str) -> None:
        """The agent answered in that chat."""
        token = self._sign_in()
        for text in texts:
            self._post(f"/admin/chats/{chat_id}/messages", {"content": text}, token)

    def read(self, user: User) -> None:
        """The customer has seen all answers."""
        token = self._post("/support_chat/session", {"identity": identity_of(user, self._clock())})
        headers = _bearer(token["token"])
        self._read(self._http.patch("/support_chat/mark_read", json={}, headers=headers))

    def left_address(self, email: str) -> None:
        """A visitor whom nobody knows left an address."""
        token = self._post("/support_chat/session", {})["token"]
        body = {"email": email}
        self._read(self._http.patch("/support_chat/contact", json=body, headers=_bearer(token)))

    def archived(self, chat_id: str) -> None:
        """The agent put that chat aside."""
        self._post(f"/admin/chats/{chat_id}/archive", None, self._sign_in())

    def mails(self, outcome: str) -> int:
        """How many mails ended like this, as the server counts them."""
        kind = f'kind="away_mail",outcome="{outcome}"'
        wanted = f"deskbell_mails_total{{{kind}}} "
        lines = self._http.get("/metrics").text.splitlines()
        return sum(int(float(line.split()[-1])) for line in lines if line.startswith(wanted))

    def readiness(self) -> dict[str, str]:
        """What the server says of its parts."""
        checks: dict[str, str] = self._http.get("/readyz").json()["checks"]
        return checks

    def _sign_in(self) -> str:
        credentials = {"email": DANA_EMAIL, "password": DANA_PASSWORD}
        return str(self._post("/admin/session", credentials)["token"])

    def _get(self, path: str, token: str) -> Any:
        return self._read(self._http.get(path, headers=_bearer(token)))

    def _post(self, path: str, body: Any, token: str = "") -> Any:
        return self._read(self._http.post(path, json=body, headers=_bearer(token)))

    def _read(self, answer: httpx2.Response) -> Any:
        assert answer.is_success, answer.text
        return answer.json()


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}
