"""When the place of the files cannot be reached: told apart from a file that is not there."""


class FilesAway(Exception):  # noqa: N818 - said to the operator as it is
    """Files cannot be read or written now; the text says why and holds no secret.

    No OSError: whoever passes over a damaged file must not take it for one. `is_refused` tells a place that answers and
    says no (a wrong key, no such bucket) from one that does not answer.
    """

    def __init__(self, why: str, *, is_refused: bool = False) -> None:
        super().__init__(why)
        self.is_refused = is_refused
