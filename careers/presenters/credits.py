"""What is left to use, in words."""


def left_in_words(left: int) -> str:
    if not left:
        return "No postings left"
    return f"{left} posting{'' if left == 1 else 's'} left"
