"""A job has one name in the code and one for people: they read “position” for it, and “posting” for what is bought."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import ROOT, at, modules, templates, tree

CAREERS = ROOT / "careers"
LOADED = (ROOT / "content" / "demo", ROOT / "content" / "starter")
COMMENT = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", re.DOTALL)
# “Find a job”, “job seekers” and “saved jobs” are the association's own phrases, and stay.
OTHER_WORDS = re.compile(
    r"""\bjob\s(?:posting|opening|listing|advertisement|advert|ad)s?\b
      | \bvacanc(?:y|ies)\b
      | \bopenings\b | \b(?:an|each|every|this)\sopening\b
      | \bpost(?:s|ed|ing)?\s(?:a|your)\sjob\b
      | \b(?:all|open|newer|older|similar|show)\sjobs\b
      | \bposting\s(?:\{|number\b)
      | \b(?:write|correct|read|approve|pause|withdraw)s?\s(?:a|the|each|every|this)\sposting\b
      | \bpostings?\s(?:is|are|was|were)\s(?:live|approved|paused|filled|withdrawn|confidential)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def other_words(text: str) -> list[str]:
    """What stands where people should read “position”."""
    return [" ".join(found.group().split()) for found in OTHER_WORDS.finditer(text)]


# --- the code ---------------------------------------------------------------------------------------------------------


def named_posting(path: Path, parsed: ast.Module) -> list[str]:
    """The module, its classes and functions that are called a posting: the code says job, or credit."""
    kinds = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    found = [node for node in ast.walk(parsed) if isinstance(node, kinds) and "posting" in node.name.lower()]
    return [*([path.name] if "posting" in path.stem else []), *(f"{at(path, node)} {node.name}" for node in found)]


def careers() -> list[Path]:
    return [path for path in modules() if path.is_relative_to(CAREERS)]


def test_the_code_of_careers_calls_nothing_a_posting():
    assert len(careers()) >= 50
    assert [name for path in careers() for name in named_posting(path, tree(path))] == []


def test_a_name_with_posting_is_noticed():
    source = "class PostingForm: ...\ndef give_postings():\n    def new_posting(): ...\ndef post(): ...\nposting = 1"

    found = named_posting(Path("postings.py"), ast.parse(source))
    assert [name.split()[-1] for name in found] == ["postings.py", "PostingForm", "give_postings", "new_posting"]


# --- what people read -------------------------------------------------------------------------------------------------


def docstrings(parsed: ast.Module) -> set[ast.Constant]:
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    first = [node.body[0] for node in ast.walk(parsed) if isinstance(node, kinds) and node.body]
    return {node.value for node in first if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}


def strings(parsed: ast.Module) -> list[str]:
    """The texts in a file's code; what is put into them reads as {}."""
    said = docstrings(parsed)
    whole = [node for node in ast.walk(parsed) if isinstance(node, ast.JoinedStr)]
    parts = {part for node in whole for part in node.values}
    alone = [
        node.value
        for node in ast.walk(parsed)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in said | parts
    ]
    made = ["".join(str(getattr(part, "value", "")) if isinstance(part, ast.Constant) else "{}" for part in node.values)
            for node in whole]  # fmt: skip
    return [*alone, *made]


def texts() -> Iterator[tuple[Path, str]]:
    for path in careers():
        yield from ((path, text) for text in strings(tree(path)))
    loaded = [path for folder in LOADED for kind in ("*.html", "*.toml") for path in folder.rglob(kind)]
    for path in [*templates(), *loaded]:
        yield path, COMMENT.sub("", path.read_text(encoding="utf-8"))


def test_people_read_position_for_a_job():
    read = list(texts())
    assert len({path for path, _ in read}) >= 300
    assert [f"{path.relative_to(ROOT)}: {found}" for path, text in read for found in other_words(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "How to read a job posting",
        "Search every opening",
        "All openings",
        "A vacancy for you",
        "See all open jobs",
        "Post a job",
        "“{}” (posting {}) is live",
        "(posting {{ number }})",
        "A person reads every posting before",
        "The posting is confidential.",
    ],
)
def test_another_word_is_noticed(text):
    assert len(other_words(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Find a job",
        "For job seekers: up to 100 saved jobs",
        "A position uses one posting when it goes to review.",
        "Posting rates",
        "No posting is left",
        "The practice is opening an evening clinic",
        "Opening balance",
        "{{ job.title }} {% for job in found.jobs %}",
    ],
)
def test_the_words_that_are_meant_are_left_alone(text):
    assert other_words(text) == []


def test_texts_are_told_from_docstrings_and_joined_around_what_is_put_in():
    source = '"""A job posting."""\nsaid = f"(posting {job.number}) is {state}"\nplain = "Post a job"'

    assert sorted(strings(ast.parse(source))) == ["(posting {}) is {}", "Post a job"]
