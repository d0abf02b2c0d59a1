"""Where the numbers of the registers lead."""

from urllib.parse import quote


def doi_address(doi: str) -> str:
    """Where a DOI leads; older ones hold signs that an address has for itself."""
    return f"https://doi.org/{quote(doi, safe='/:;().,_-+~')}"
