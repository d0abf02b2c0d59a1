"""What the checker of types is told not to see is named by its code, and says why."""

import re

from tests.house.source import ROOT, modules

IGNORED = re.compile(r"#\s*type:\s*ignore")
EXPLAINED = re.compile(r"# type: ignore\[[a-z-]+\]  # \S")


def unexplained(text: str) -> list[int]:
    """The lines that silence the checker without a code or a reason."""
    lines = enumerate(text.splitlines(), 1)
    return [number for number, line in lines if IGNORED.search(line) and not EXPLAINED.search(line)]


def test_whoever_silences_the_checker_says_what_and_why():
    assert [
        f"{path.relative_to(ROOT)}:{number}"
        for path in modules()
        for number in unexplained(path.read_text(encoding="utf-8"))
    ] == []


def test_a_silence_without_a_code_or_a_reason_is_noticed():
    lines = [
        "a = b  # type: ignore",
        "a = b  # type: ignore[misc]",
        "a = b  #type:ignore  # because",
        "a = b  # type: ignore[misc]  # the stubs do not know it",
        "a = b",
    ]

    assert unexplained("\n".join(lines)) == [1, 2, 3]
