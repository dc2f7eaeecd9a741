"""What a message may be, and how much of it a list shows."""

from uuid import UUID, uuid4

import pytest

from deskbell.domain.errors import Invalid
from deskbell.domain.message import PREVIEW, check_message_id, is_blank, preview

CANONICAL = "0198f0b2-0000-7000-8000-00000000abcd"


@pytest.mark.parametrize("text", [CANONICAL, str(uuid4()), "0" * 8 + "-0000-0000-0000-" + "0" * 12])
def test_an_id_is_a_uuid_of_any_version_in_canonical_lower_case(text: str) -> None:
    assert check_message_id(text) == UUID(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        CANONICAL.upper(),
        CANONICAL.replace("-", ""),
        f"{{{CANONICAL}}}",
        f"urn:uuid:{CANONICAL}",
        f"{CANONICAL}\n",
        f" {CANONICAL}",
        CANONICAL.replace("0198", "０１９８"),
        CANONICAL[:-1],
        CANONICAL[:-1] + "g",
    ],
)
def test_any_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_message_id(text)
    assert refusal.value.data == {"field": "id"}


def test_blank_is_what_python_calls_blank() -> None:
    assert all(is_blank(text) for text in ("", " ", "\t\r\n", "\u00a0\u2003\u3000", "\x1c\x85"))
    assert not any(is_blank(text) for text in (".", "\u200b", "\ufeff", "\0"))


def test_a_preview_is_one_line() -> None:
    assert preview(" It ships\r\n\ton  Friday. ") == "It ships on Friday."


def test_a_preview_counts_code_points() -> None:
    assert preview("😀" * PREVIEW) == "😀" * PREVIEW
    assert preview("😀" * (PREVIEW + 1)) == "😀" * (PREVIEW - 1) + "…"
    assert preview("x" * 10_000, 200) == "x" * 199 + "…"
