"""Passwords: slow to guess, and an unknown account is as slow to check as a known one."""

from collections.abc import Iterator

import pytest

from deskbell.domain.errors import Invalid
from deskbell.passwords import MAX_LENGTH, Passwords


@pytest.fixture(scope="module")
def passwords() -> Iterator[Passwords]:
    passwords = Passwords()
    yield passwords
    passwords.close()


async def test_the_right_password_is_right_and_no_other(passwords: Passwords) -> None:
    stored = await passwords.hash("correct horse")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await passwords.verify("correct horse", stored)
    for wrong in ("correct horse ", "Correct horse", "", "\ud800", "x" * 1_000_000):
        assert not await passwords.verify(wrong, stored)


async def test_every_hash_has_a_salt_of_its_own(passwords: Passwords) -> None:
    assert await passwords.hash("correct horse") != await passwords.hash("correct horse")


async def test_the_longest_password_counts_to_its_last_character(passwords: Passwords) -> None:
    longest = "x" * MAX_LENGTH
    stored = await passwords.hash(longest)
    assert await passwords.verify(longest, stored)
    assert not await passwords.verify(longest[:-1], stored)
    assert not await passwords.verify(longest + "y", stored)


@pytest.mark.parametrize("password", ["", "x" * 7, "x" * (MAX_LENGTH + 1)])
async def test_too_short_and_too_long_ones_are_refused(password: str, passwords: Passwords) -> None:
    with pytest.raises(Invalid) as refusal:
        await passwords.hash(password)
    assert refusal.value.data == {"field": "password"}


async def test_an_unknown_account_costs_as_much_as_a_known_one(
    passwords: Passwords, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    verify = passwords._verify

    def note(stored: str, password: str) -> bool:
        checked.append(stored)
        return verify(stored, password)

    monkeypatch.setattr(passwords, "_verify", note)
    assert not await passwords.verify("correct horse", None)
    assert not await passwords.verify("nobody", None), "not even the stand-in's own password"
    assert len(checked) == 2


@pytest.mark.parametrize("damaged", ["", "x", "$argon2id$"])
async def test_a_damaged_hash_lets_nobody_in(damaged: str, passwords: Passwords) -> None:
    for password in ("nobody", damaged):
        assert not await passwords.verify(password, damaged)
