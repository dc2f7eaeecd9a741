"""Passwords: argon2id with the cost OWASP recommends, in a pool of its own so that a crowd at the
sign-in neither stops the event loop nor fills the memory."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from deskbell.domain.errors import Invalid

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

MIN_LENGTH = 8
MAX_LENGTH = 128


def check_password(password: str) -> str:
    """Return the password, or raise Invalid for a length outside 8 to 128 characters."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise Invalid("password", f"Choose a password of {MIN_LENGTH} to {MAX_LENGTH} characters.")
    return password


class Passwords:
    """Hashes and checks passwords, two at a time."""

    def __init__(self) -> None:
        # 19 MiB, 2 passes, 1 lane: OWASP's password storage cheat sheet; about 30 ms here.
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="deskbell-password")
        # Unknown accounts are checked against this, so that they answer no faster.
        self._nobody = self._hasher.hash("nobody")

    async def hash(self, password: str) -> str:
        """Hash a password; raises Invalid when it is too short or too long."""
        check_password(password)
        return await self._run(self._hasher.hash, password)

    async def verify(self, password: str, stored: str | None) -> bool:
        """Tell whether the password is right; `stored` None means there is no such account."""
        # No stored password is longer: cut, so that nobody makes us hash megabytes.
        password = password[: MAX_LENGTH + 1]
        right = await self._run(self._verify, self._nobody if stored is None else stored, password)
        return right and stored is not None

    def close(self) -> None:
        """Stop the pool."""
        self._pool.shutdown(wait=False)

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False

    async def _run(self, function: Callable[[*Ts], T], *args: *Ts) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, function, *args)
