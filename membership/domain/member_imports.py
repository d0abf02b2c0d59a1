"""Lists of members from elsewhere: read into lines, checked, looked at, and applied, each by statements over all lines.

A line changes what it names and nothing else: an empty cell says nothing, and nothing is taken away. Members are found
by their number, else by their e-mail. One import is applied at a time; the lock is taken before it is checked anew.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from itertools import islice
from typing import Any

import structlog
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.background.queue import defer, task
from aapm_site.core.bulk import in_bulk
from aapm_site.core.cache import revisions
from aapm_site.core.files.tables import read_table
from aapm_site.core.transitions import NotAllowed, actor

from .. import regions
from ..import_columns import COLUMNS, DATES, NAMES, DateOrder, Outcome, date_shape, guess, guess_order
from ..models import ImportedLine, MemberImport
from . import import_sql as sql

log = structlog.get_logger(__name__)

LOCK = 0x6D656D62  # of the database, while an import is applied
NAMED = ("first_name", "last_name", "degrees")
NOT_NAMES = (
    *((sql.NOT_WORKED_OUT, name) for name in NAMED),
    *((sql.NOT_A_NAME, name) for name in ("first_name", "last_name")),
)
ADDRESS = r"^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$"  # noqa: E501
CHANGED = "Members have changed since you looked. What follows now stands below; look at it, and apply it again."
COLLIDED = "Somebody changed the same members at the same moment. Nothing was applied; try again."
LOOKED_AT = 200  # lines by which the form of dates is guessed
AT_ONCE = 2_000  # lines that are checked while somebody waits; the worker checks more
NOT_APPLIED = "The list could not be applied, and nothing of it was. Try again; if it happens once more, tell us."
NOT_CHECKED = "The lines could not be checked. Choose the columns again; if it happens once more, tell us."


# Read -------------------------------------------------------------------------------------------------------------
@transaction.atomic
def upload_members(content: bytes, name: str, *, by: Actor) -> MemberImport:
    """Keep the lines of a file. Its columns are those of the last list with the same headings, or what they say.

    FileRefused, with a sentence, for what is no table.
    """
    rows = read_table(content, name)
    _, headings = next(rows)
    made = MemberImport.objects.create(name=name[:150], headings=headings, uploaded_by=actor(by))
    made.lines_count = _copy(made, rows)
    _choose(made, headings)
    made.save()
    return made


def _copy(made: MemberImport, rows: Iterable[tuple[int, list[str]]]) -> int:
    """Write the lines by COPY; how many they are."""
    count = 0
    with connection.cursor() as cursor:
        driver: Any = cursor.cursor
        with driver.copy("COPY membership_importedline (member_import_id, line, cells) FROM STDIN") as copying:
            for count, (line, cells) in enumerate(rows, 1):  # noqa: B007 - the last one is how many
                copying.write_row((made.pk, line, cells))
    return count


def _choose(made: MemberImport, headings: list[str]) -> None:
    """What was chosen for the same headings the last time, else what they and the first dates look like."""
    before = MemberImport.objects.filter(headings=headings, checked_at__isnull=False).exclude(pk=made.pk).first()
    if before is not None:
        made.columns, made.date_order = before.columns, before.date_order
        return
    made.columns = guess(headings)
    places = [made.columns[name] - 1 for name in DATES if name in made.columns]
    first = islice(made.lines.order_by("line").values_list("cells", flat=True), LOOKED_AT)
    made.date_order = guess_order([cells[place] for cells in first for place in places])


# Checked ----------------------------------------------------------------------------------------------------------
def choose_columns(made: MemberImport, columns: Mapping[str, int], date_order: str) -> MemberImport:
    """Say which column holds what and how dates are written, and check all lines. NotAllowed once it is applied."""
    with in_bulk(by=None, why="Checking a list of members"):
        locked = MemberImport.objects.select_for_update().get(pk=made.pk)
        _refuse_if_asked(locked)
        locked.columns, locked.date_order = dict(columns), date_order
        locked.counts, locked.checked_at, locked.progress = check_lines(locked), timezone.now(), ""
        locked.check_asked_at = None
        locked.save(update_fields=["columns", "date_order", *CHECKED])
    return locked


CHECKED = ("counts", "checked_at", "progress", "check_asked_at")


@transaction.atomic
def ask_to_check(made: MemberImport, columns: Mapping[str, int], date_order: str) -> MemberImport:
    """Choose columns, and have the lines checked: at once if they are few, else by the worker. NotAllowed once applied.

    Asked again while the worker is at it, the last choice counts.
    """
    if made.lines_count <= AT_ONCE:
        return choose_columns(made, columns, date_order)
    locked = MemberImport.objects.select_for_update().get(pk=made.pk)
    _refuse_if_asked(locked)
    locked.columns, locked.date_order = dict(columns), date_order
    locked.counts, locked.checked_at, locked.progress = {}, None, "It begins within a minute."
    locked.check_asked_at = timezone.now()
    locked.save(update_fields=["columns", "date_order", *CHECKED])
    defer(check_import, lock="member-imports", once=f"check-members-{locked.pk}", number=locked.pk)
    return locked


@task("membership.check_import")
def check_import(number: int) -> None:
    """Check the lines by what was chosen last, unless that is done. What keeps it back is said on its page."""
    made = MemberImport.objects.filter(pk=number, asked_at=None).exclude(check_asked_at=None).first()
    if made is None:
        return
    asked = MemberImport.objects.filter(pk=number, asked_at=None, check_asked_at=made.check_asked_at)
    try:
        with in_bulk(by=None, why="Checking a list of members"):
            counts = check_lines(made, tell=_tell)
            asked.update(counts=counts, checked_at=timezone.now(), progress="", check_asked_at=None)
    except DatabaseError as failed:
        log.exception("members.check_failed", number=number, reason=type(failed).__name__)
        asked.update(progress=NOT_CHECKED, check_asked_at=None)


def check_lines(made: MemberImport, tell: Callable[[MemberImport, str], None] | None = None) -> dict[str, int]:
    """Say of each line what it would do now, or what is wrong with it; how many of each. Inside in_bulk.

    `tell` is told how far it is, before each step.
    """
    values = {"import": made.pk, **_fixed(made.date_order)}
    statements = _checks(made.columns)
    with connection.cursor() as cursor:
        for number, statement in enumerate(statements, 1):
            if tell is not None:
                tell(made, f"{made.lines_count:,} lines: step {number} of {len(statements)}.")
            cursor.execute(statement, values)
        cursor.execute(sql.COUNT, values)
        return dict(cursor.fetchall())


def _fixed(order: str) -> dict[str, Any]:
    """What the statements compare with."""
    known = [(word.lower(), code) for code, name in regions.CHOICES for word in {code, str(name)}]
    shape, parts = date_shape(order)
    return {
        "states": [word for word, _ in known],
        "codes": [code for _, code in known],
        "address": ADDRESS,
        "shape": shape,
        "parts": parts,
        "order": DateOrder(order).label.split(": ")[1],
        "today": timezone.localdate(),
    }


def _checks(columns: Mapping[str, int]) -> list[str]:
    labels = {column.name: column.label for column in COLUMNS}
    taken = [f"{name} = {_cell(columns.get(name))}" for name in NAMES]
    return [
        sql.TAKE.format(values=", ".join(taken)),
        "ANALYZE membership_importedline",
        sql.CHECK.format(
            dates=", ".join(sql.DATE.format(name) for name in DATES),
            kept_dates=", ".join(f"{name} = f.{name}" for name in DATES),
            not_names=", ".join(wrong.format(name, labels[name].lower()) for wrong, name in NOT_NAMES),
            wrong_dates=", ".join(sql.WRONG_DATE.format(name, labels[name]) for name in DATES),
        ),
        *sql.MATCH,
        sql.TWICE.format(field="person", said="The same person"),
        sql.TWICE.format(field="number", said="The same member number"),
        sql.TWICE.format(field="email", said="The same e-mail address"),
        sql.CONFLICTS,
        sql.COMPARE.format(**_names("own")),
    ]


def _cell(place: int | None) -> str:
    """The text of a column by its number, which is no text of anybody's."""
    return "NULL" if place is None else f"nullif(cells[{int(place)}], '')"


def _names(line: str) -> dict[str, str]:
    return {name: sql.KEPT_NAME.format(name, line) for name in NAMED}


# Applied ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def ask_to_apply(made: MemberImport, *, by: Actor) -> MemberImport:
    """Have it applied by the worker. NotAllowed before it was checked, when nothing is to be done, and twice."""
    locked = MemberImport.objects.select_for_update().get(pk=made.pk)
    if refusal := refusal_to_apply(locked):
        raise NotAllowed(refusal)
    locked.asked_by, locked.asked_at, locked.progress = actor(by), timezone.now(), "It begins within a minute."
    locked.save(update_fields=["asked_by", "asked_at", "progress"])
    defer(apply_import, lock="member-imports", number=locked.pk)
    return locked


def refusal_to_apply(made: MemberImport) -> str:
    """Why it cannot be applied now; empty when it can."""
    if made.applied_at:
        return "This list has been applied already."
    if made.asked_at:
        return "This list is being applied."
    if made.is_being_checked:
        return "The lines are being checked. Look again in a minute."
    if made.checked_at is None:
        return "Choose the columns first."
    if not made.count(Outcome.NEW) + made.count(Outcome.CHANGED):
        return "There is nothing to apply: no line is new or changes anything."
    return ""


def _refuse_if_asked(made: MemberImport) -> None:
    if made.asked_at:
        raise NotAllowed("This list is applied already, or being applied.")


@task("membership.apply_import")
def apply_import(number: int) -> None:
    """Once, however often it runs; what keeps it back is said on its page."""
    made = MemberImport.objects.filter(pk=number, applied_at=None).exclude(asked_at=None).first()
    if made is not None:
        apply_members(made)


def apply_members(made: MemberImport) -> bool:
    """Apply it in one transaction, or say why not; whether it was.

    It is checked anew under the lock: when anything else would follow than what was looked at, nothing is done.
    """
    try:
        with in_bulk(by=made.asked_by, why=f"Import of members: {made.name}"):
            said = _apply(made)
    except IntegrityError as collided:
        log.warning("members.import_collided", number=made.pk, reason=type(collided).__name__)
        said = COLLIDED
    except DatabaseError as failed:
        log.exception("members.import_failed", number=made.pk, reason=type(failed).__name__)
        MemberImport.objects.filter(pk=made.pk, applied_at=None).update(asked_at=None, progress=NOT_APPLIED)
        return False
    if said:
        _put_back(made, said)
    return not said


def _put_back(made: MemberImport, why: str) -> None:
    """It was not applied: it stands as it would be now, to be looked at and asked for again."""
    with in_bulk(by=None, why="Checking a list of members"):
        counts = check_lines(made)
        MemberImport.objects.filter(pk=made.pk, applied_at=None).update(asked_at=None, progress=why, counts=counts)


def _apply(made: MemberImport) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    made.refresh_from_db()
    if made.applied_at:
        return ""
    _tell(made, "Looking at every line once more.")
    # The row itself is written at the end only: until then its progress is told over another connection.
    if check_lines(made) != made.counts:
        return CHANGED
    _write(made)
    made.applied_at, made.progress = timezone.now(), ""
    made.save(update_fields=["applied_at", "progress"])
    revisions.touch()
    return ""


def _write(made: MemberImport) -> None:
    values: dict[str, Any] = {"import": made.pk, "today": timezone.localdate()}
    steps = (
        # What was checked in this transaction is new to the planner, which would compare each line with each.
        (
            "Writing people.",
            (
                "ANALYZE membership_importedline",
                sql.SEQUENCE,
                sql.PEOPLE,
                sql.NAMES.format(**_names("s")),
                sql.ADDRESSES,
            ),
        ),
        ("Writing members.", ("ANALYZE accounts_user", sql.MEMBERSHIPS, sql.CHANGED_MEMBERSHIPS)),
        ("Writing terms.", ("ANALYZE membership_membership", sql.TERMS)),
    )
    for words, statements in steps:
        _tell(made, words)
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, values)


def _tell(made: MemberImport, words: str) -> None:
    """Say how far it is, over a connection of its own: what the import writes is seen by nobody before its end."""
    try:
        with closing(connection.copy()) as other, other.cursor() as cursor:
            cursor.execute("UPDATE membership_memberimport SET progress = %s WHERE id = %s", [words, made.pk])
    except DatabaseError:
        log.warning("members.progress_untold", number=made.pk)


def wrong_lines(made: MemberImport) -> Iterable[ImportedLine]:
    """Those that were not applied, read a part at a time."""
    return made.lines.filter(outcome=Outcome.WRONG).order_by("line").iterator(chunk_size=2_000)
