"""Imports run downwards only: the contracts of pyproject.toml hold, and each would be noticed if it did not."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import PACKAGES, ROOT, at, inside_functions, modules, tree

LINTER = Path(sys.executable).with_name("lint-imports")
ROOF = {"aapm_site.urls", "aapm_site.sitemaps", "aapm_site.search"}
# Django loads these by name, and only when all apps are there.
INLINE_IN = {("apps.py", "ready")}


def contracts(folder: Path) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603
        [LINTER, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source alone, to plant a wrong import into."""
    folder = tmp_path_factory.mktemp("copy")
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            target = folder / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    return folder


def test_the_contracts_hold():
    code, said = contracts(ROOT)
    assert code == 0, said


@pytest.mark.parametrize(
    ("where", "line", "contract"),
    [
        ("membership/rules.py", "import careers.models", "A room never imports another room"),
        ("aapm_site/core/money.py", "import content.models", "The ground floor imports no room and not the roof"),
        ("aapm_site/core/money.py", "import aapm_site.urls", "The ground floor imports no room and not the roof"),
        ("careers/rules.py", "import aapm_site.search", "Nothing imports the roof"),
        ("aapm_site/mail/states.py", "import aapm_site.accounts.models", "On the ground floor billing stands on"),
        ("content/models/page.py", "import content.views", "In a room imports go down the floors"),
        ("content/views/pages.py", "import content.wordpress.links", "Nothing imports what can be taken out"),
        ("content/wordpress/links.py", "import content.views", "In a room imports go down the floors"),
    ],
)
def test_a_planted_import_is_noticed(copy, where, line, contract):
    path = copy / where
    kept = path.read_text(encoding="utf-8")
    path.write_text(f"{kept}\n{line}\n", encoding="utf-8")

    code, said = contracts(copy)

    path.write_text(kept, encoding="utf-8")
    assert code == 1
    broken = [name for name in said.splitlines() if name.rstrip().endswith("BROKEN")]
    assert any(name.startswith(contract) for name in broken), said


def inline_imports(path: Path, module: ast.Module) -> list[str]:
    return [
        at(path, node)
        for function, node in inside_functions(module)
        if isinstance(node, ast.Import | ast.ImportFrom) and (path.name, function) not in INLINE_IN
    ]


def test_every_import_stands_at_the_top_of_its_file():
    assert [place for path in modules(migrations=True) for place in inline_imports(path, tree(path))] == []


def test_an_inline_import_is_noticed():
    planted = ast.parse("def view(request):\n    import careers\n")
    assert inline_imports(Path("views.py"), planted) == ["views.py:2"]


def names_imported(module: ast.Module, package: str) -> set[str]:
    """Absolute names; `package` is where the file stands, for imports that begin with dots."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return found


def imports_the_roof(path: Path) -> bool:
    package = ".".join(path.relative_to(ROOT).parent.parts)
    return bool(names_imported(tree(path), package) & ROOF)


def test_nothing_but_the_roof_imports_the_roof():
    assert [str(path) for path in modules() if imports_the_roof(path)] == [str(ROOT / "aapm_site" / "urls.py")]
