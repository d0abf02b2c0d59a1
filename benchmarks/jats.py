"""One article of a publisher, from its file to its page, without site or database: python -m benchmarks.jats FILE."""

import json
import sys
import time
from pathlib import Path

from benchmarks.processes import peak_mb
from membership.journal.jats.completeness import compare
from membership.journal.jats.metadata import read_head
from membership.journal.jats.reading import read_article
from membership.journal.jats.rendering import render


def told(file: Path) -> str:
    """Seconds of the processor from the bytes to the page, the most memory of the process, and the report, as JSON."""
    source = file.read_bytes()
    begun = time.process_time()
    tree = read_article(source)
    read_head(tree)
    report = compare(tree, render(tree).html)
    seconds = time.process_time() - begun
    counts = {
        name: [one.kept, one.of]
        for name in ("links", "formulas", "figures", "tables")
        for one in (getattr(report, name),)
    }
    return json.dumps(
        {
            "name": file.name,
            "size": len(source),
            "seconds": seconds,
            "memory": peak_mb(),
            "letters": report.letters.percent,
            "words": report.reference_words.percent,
            **counts,
        }
    )


if __name__ == "__main__":
    sys.stdout.write(f"{told(Path(sys.argv[1]))}\n")
