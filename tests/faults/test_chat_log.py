"""The judge itself: planted faults must not pass."""

import pytest

from tests.faults.chat_log import ChatLog, Kept

PROMISED = ChatLog(sent={"a", "b", "c", "d"}, acknowledged={"a": 1, "b": 2, "c": 3})


def kept(ids: str, start: int = 1) -> list[Kept]:
    """A log of these messages, one letter each, numbered as a server would."""
    return [Kept(letter, seq) for seq, letter in enumerate(ids, start)]


@pytest.mark.parametrize("ids", ["abc", "abcd"])
def test_a_message_nobody_was_told_about_is_there_or_not(ids: str) -> None:
    assert PROMISED.faults(kept(ids)) == []


@pytest.mark.parametrize(
    ("plant", "fault"),
    [
        pytest.param(kept("ab"), "lost: c", id="dropped at the end"),
        pytest.param(kept("ac"), "lost: b", id="dropped in the middle"),
        pytest.param([Kept("a", 1), Kept("c", 3)], "lost: b", id="dropped, with a hole"),
        pytest.param([Kept("a", 1), Kept("c", 3)], "not dense: 3", id="a hole"),
        pytest.param([], "lost: a", id="everything gone"),
        pytest.param(kept("abcb"), "doubled: b", id="duplicated"),
        pytest.param(kept("acb"), "moved: b", id="reordered"),
        pytest.param(kept("dabc"), "moved: a", id="squeezed in"),
        pytest.param([*kept("abc"), Kept("d", 3)], "not dense: 3", id="a seq given twice"),
        pytest.param(kept("abc", start=0), "not dense: 0", id="counted from 0"),
        pytest.param(kept("abcx"), "invented: nobody sent x", id="from nowhere"),
    ],
)
def test_a_planted_fault_is_found(plant: list[Kept], fault: str) -> None:
    assert any(found.startswith(fault) for found in PROMISED.faults(plant))
