"""A hundred articles with their figures, imported by the command that editors use. The import runs in the site.

They are the sample packages of the demonstration, each with DOIs of its own, in a folder that is gone afterwards, as
are the articles.
"""

import io
import json
import time
import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from aapm_site.core.files import private, removal
from benchmarks.processes import peak_mb
from membership.journal.models import Article, DeliveredFile

SAMPLES = Path(__file__).resolve().parent.parent / "membership" / "demo" / "journal" / "deliveries"
ARTICLES = 100
SAID, MARK = b"10.5555/pm.2026.", "10.5555/bench-delivery."


def packages() -> Iterator[bytes]:
    """The samples one after another, over and over, until they hold a hundred articles."""
    samples = [sample.read_bytes() for sample in sorted(SAMPLES.glob("*.zip"))]
    made = turn = 0
    while made < ARTICLES:
        package, articles = _with_dois(samples[turn % len(samples)], f"{MARK}{turn}.".encode())
        yield package
        made, turn = made + articles, turn + 1


def _with_dois(package: bytes, doi: bytes) -> tuple[bytes, int]:
    """The package as that of other articles, and how many there are in it."""
    written, articles = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(".xml"):
                articles += b"<body>" in content
                content = content.replace(SAID, doi)
            new.writestr(name, content)
    return written.getvalue(), articles


def write(folder: Path) -> None:
    """Fill a folder with the packages, in another process than that which imports them."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, package in enumerate(packages()):
        (folder / f"{number}.zip").write_bytes(package)


def told(folder: str) -> str:
    """For the table: seconds of the import, the most memory of its process, and what came of it, as JSON."""
    _remove()
    files, said = sorted(Path(folder).glob("*.zip")), StringIO()
    begun = time.perf_counter()
    call_command("import_jats", *map(str, files), stdout=said)
    seconds = time.perf_counter() - begun
    articles = Article.objects.filter(doi__startswith=MARK)
    found = {
        "articles": articles.count(),
        "pictures": DeliveredFile.objects.filter(article__in=articles, role="picture").count(),
        "attention": sum(line.startswith("!") for line in said.getvalue().splitlines()),
    }
    _remove()
    return json.dumps({**found, "seconds": seconds, "memory": peak_mb()})


def _remove() -> None:
    articles = Article.objects.filter(doi__startswith=MARK)
    names = [str(one.file.name) for one in DeliveredFile.objects.filter(article__in=articles)]
    articles.delete()
    removal.remove_after_commit(private.NAME, names)
