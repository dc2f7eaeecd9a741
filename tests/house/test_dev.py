"""The count that ends `make test`: it tells the truth, above all when little or nothing ran."""

from pathlib import Path

import pytest

from devtools.checks import Tally, add_report, not_run, summary

REPORT = """<testsuites>
<testsuite tests="5" failures="1" errors="1" skipped="1" />
<testsuite tests="2" failures="0" errors="0" skipped="0" />
</testsuites>"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return tmp_path / "report.xml"


def last_line(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.splitlines()[-1]


def test_a_report_is_counted_over_all_its_suites(report: Path) -> None:
    report.write_text(REPORT)
    tally = Tally("unit", passed=10)
    add_report(tally, report, code=1)
    assert (tally.passed, tally.failed, tally.skipped) == (14, 2, 1)


def test_a_runner_that_dies_without_a_report_has_failed(report: Path) -> None:
    tally = Tally("unit")
    add_report(tally, report, code=3)
    assert tally.failed == 1


def test_the_last_line_is_the_sum(capsys: pytest.CaptureFixture[str]) -> None:
    assert summary([Tally("lint", passed=5), Tally("unit", passed=3, skipped=1)]) == 0
    assert last_line(capsys) == "8 passed, 0 failed, 1 skipped"


def test_one_failure_fails_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert summary([Tally("lint", passed=5), Tally("unit", passed=3, failed=1)]) == 1
    assert last_line(capsys) == "8 passed, 1 failed, 0 skipped"


def test_a_run_without_tests_fails() -> None:
    assert summary([Tally("lint", passed=5), not_run("unit", "nothing there")]) == 1


def test_a_part_that_did_not_run_is_named_with_its_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    summary([not_run("browser", "no Chromium")])
    assert "SKIP browser: no Chromium" in capsys.readouterr().out
