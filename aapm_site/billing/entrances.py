"""What billing brings to the doors of the ground floor; called once, when all apps are loaded."""


def open_all() -> None:
    """Register account panel and menu, personal data, due work, staff tasks and demo content."""
