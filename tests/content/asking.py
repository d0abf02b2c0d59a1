"""Questions, answers and what browsers send, for the tests of Ask us anything."""

from typing import Any

from django.core import signing

from aapm_site.core.forms import SALT
from content.domain import questions
from content.models import Question

HERE = {"Sec-Fetch-Site": "same-origin"}
WORDS = "Is a nerve block right for somebody like me?"
ANSWER = "<p>Dear Ida, <strong>often</strong> it is. Ask for the risks first.</p>"


def asked(**fields: Any) -> Question:
    """A question that is waiting, with its notice and its receipt."""
    return questions.ask_question(**{"name": "Ida Berg", "email": "ida@example.org", "question": WORDS, **fields})


def answered(by: Any = None, html: str = ANSWER, **fields: Any) -> Question:
    """A question with its answer."""
    made = asked(**fields)
    questions.answer_question(made, html, by=by, read=0)
    made.refresh_from_db()
    return made


def shown() -> str:
    """The signed time of a form; take it a while before it is sent."""
    return signing.dumps("shown", salt=SALT)
