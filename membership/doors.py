"""What membership brings to the doors of the ground floor; called once, when all apps are loaded."""


def open_all() -> None:
    """Register positions, search, sitemaps, account panel, personal data, due work and demo content."""
