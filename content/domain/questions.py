"""Ask us anything: what is asked is stored first, then announced. What looks like spam is kept apart without a mail.

Answers, follow-ups and what a person decides about their words: each under a lock on the question's row.
"""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, move
from aapm_site.mail.models import OutgoingEmail
from content.domain import question_letters as letters
from content.models import Question, QuestionMessage, Topic, Urgency
from content.states import MessageKind, QuestionStatus
from content.text.urgency import holds_phrase, plainly

SAME_WITHIN = timedelta(minutes=10)
MOST_FOLLOW_UPS = 20
ERASED_NAME = "Name erased"
ERASED_EMAIL = "erased@invalid.invalid"


class WrittenMeanwhile(NotAllowed):
    """Something was added to the thread after the form was shown; nothing was sent."""


def urgent_in(*texts: str) -> list[Urgency]:
    """The kinds of emergency that these words sound like, in the editors' order."""
    words = plainly(" | ".join(texts))
    return [kind for kind in Urgency.objects.filter(is_on=True) if holds_phrase(words, kind.phrases)]


def ask_question(
    *,
    name: str,
    email: str,
    question: str,
    topic: Topic | None = None,
    may_publish: bool = False,
    user: Actor = None,
    spam_reason: str = "",
) -> Question:
    """Store a question; unless it looks like spam, tell whoever answers and send the person a receipt.

    All in one transaction: no mail for a question that is not there, and no question without its mails. The same
    words from the same address within minutes are one question, however quickly they come: a lock on both in turn.
    """
    with transaction.atomic():
        _wait_for_the_same(email, question)
        now = timezone.now()
        same = Question.objects.filter(email=email, question=question, asked_at__gt=now - SAME_WITHIN, erased_at=None)
        if known := same.first():
            return known
        kinds = urgent_in(question)
        asked = Question.objects.create(
            name=name,
            email=email,
            question=question,
            topic=topic,
            user=user if user is not None and user.is_authenticated else None,
            is_urgent=bool(kinds),
            urgent_about=_names(kinds),
            consented_at=now if may_publish else None,
            spam_reason=spam_reason,
        )
        if spam_reason:
            return move(asked, QuestionStatus.SPAM, by=None, reason=spam_reason)
        return _announce(asked)


def _wait_for_the_same(email: str, question: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 41))", [f"{email}\n{question}"])


def _names(kinds: list[Urgency]) -> str:
    return ", ".join(kind.name for kind in kinds)[:400]


def _locked(asked: Question) -> Question:
    return Question.objects.select_for_update(of=("self",)).select_related("topic").get(pk=asked.pk)


def _announce(asked: Question) -> Question:
    """The notice to whoever answers, and the receipt. Once for each question."""
    if asked.announced_at or asked.erased_at:
        return asked
    letters.send_notice(asked)
    letters.send_receipt(asked)
    asked.announced_at = timezone.now()
    asked.save(update_fields=["announced_at"])
    return asked


def answer_question(asked: Question, html: str, *, by: User, read: int, corrects: bool = False) -> QuestionMessage:
    """Send an answer and show it on the person's page. `read` is the last message that the writer has seen, or 0.

    Locks the question: of two people who answer at once one wins, and the other gets WrittenMeanwhile and keeps the
    words. NotAllowed for a question that is closed, kept apart or erased.
    """
    with transaction.atomic():
        locked = _locked(asked)
        if locked.erased_at:
            raise NotAllowed("The person’s words have been deleted; there is nobody to answer.")
        if locked.status not in {QuestionStatus.NEW, QuestionStatus.ANSWERED}:
            raise NotAllowed(f"This question is “{locked.get_status_display()}”. Open it again first.")
        if last_message(locked) != read:
            raise WrittenMeanwhile(
                "Something has been added to this question since you opened it. "
                "Nothing was sent and your words are kept: read what is new, then send them."
            )
        kind = MessageKind.CORRECTION if corrects and read else MessageKind.ANSWER
        message = QuestionMessage.objects.create(question=locked, kind=kind, html=html, by=by)
        if locked.status == QuestionStatus.NEW:
            locked = move(locked, QuestionStatus.ANSWERED, by=by)
        else:
            locked.answered_at = message.at
        locked.answer_draft = ""
        locked.save(update_fields=["answered_at", "answer_draft"])
        letters.send_answer(locked, message)
    return message


def last_message(asked: Question) -> int:
    """The key of the newest entry of the thread, 0 when there is none."""
    return asked.messages.order_by("-pk").values_list("pk", flat=True).first() or 0


def follow_up_question(asked: Question, text: str) -> QuestionMessage:
    """More words of the person: the question is open again, and whoever answers is told.

    Locks the question. The same words twice in a row are one entry. NotAllowed when there are too many entries, or
    the question has been deleted. Below a question that is kept apart they are kept apart with it.
    """
    with transaction.atomic():
        locked = _locked(asked)
        if locked.erased_at:
            raise NotAllowed("This question has been deleted. Please ask a new one.")
        newest = locked.messages.order_by("-pk").first()
        if newest and newest.kind == MessageKind.FOLLOW_UP and newest.text == text:
            return newest
        if locked.messages.filter(kind=MessageKind.FOLLOW_UP).count() >= MOST_FOLLOW_UPS:
            raise NotAllowed("This thread has become long. Please ask a new question; your words are below.")
        message = QuestionMessage.objects.create(question=locked, kind=MessageKind.FOLLOW_UP, text=text)
        if kinds := urgent_in(text):
            locked.is_urgent, locked.urgent_about = True, _names(kinds)
            locked.save(update_fields=["is_urgent", "urgent_about"])
        if locked.status in {QuestionStatus.ANSWERED, QuestionStatus.CLOSED}:
            locked = move(locked, QuestionStatus.NEW, by=None, reason="The person has written again.")
        if locked.status != QuestionStatus.SPAM:
            letters.send_follow_up(locked, message)
    return message


def reassign_question(asked: Question, topic: Topic | None, *, by: Actor) -> Question:
    """Another topic: whoever answers there gets the notice, unless it is the same address or kept apart."""
    with transaction.atomic():
        locked = _locked(asked)
        before = letters.address_of(locked)
        locked.topic = topic
        locked.save(update_fields=["topic"])
        moved = letters.address_of(locked) != before
        if moved and locked.announced_at and not locked.erased_at and locked.status != QuestionStatus.SPAM:
            letters.send_notice(locked, passed_on_by=by)
    return locked


def keep_answer_draft(asked: Question, html: str) -> Question:
    """Keep half an answer until somebody sends it. Locks the question; of one whose words have been deleted none is
    kept.
    """
    with transaction.atomic():
        locked = _locked(asked)
        locked.answer_draft = "" if locked.erased_at else html
        locked.save(update_fields=["answer_draft"])
    return locked


def set_consent(asked: Question, *, given: bool) -> Question:
    """The person agrees to a public answer, or takes that back; whoever answers is told of the latter.

    What is public already stays until staff withdraw it; a draft that nobody has seen is deleted.
    """
    with transaction.atomic():
        locked = _locked(asked)
        if locked.erased_at or locked.may_be_published == given:
            return locked
        now = timezone.now()
        if given:
            locked.consented_at, locked.consent_withdrawn_at = now, None
        else:
            locked.consent_withdrawn_at = now
            page = _drop_unpublished(locked)
            letters.send_consent_withdrawn(locked, page)
        locked.save(update_fields=["consented_at", "consent_withdrawn_at", "published_as"])
    return locked


def _drop_unpublished(asked: Question) -> Any:
    """Delete the draft made from the question; a page that is public is left, and returned."""
    page = asked.published_as
    if page is None or page.is_published(timezone.now()):
        return page
    asked.published_as = None
    asked.save(update_fields=["published_as"])
    page.delete()
    return None


def forget_question(asked: Question) -> None:
    """Delete what is the person's: name, address, words, thread, letters. That something was asked stays, as a count.

    The public answer, which names nobody, stays until staff withdraw it; a draft that nobody has seen goes too.
    """
    with transaction.atomic():
        locked = _locked(asked)
        _letters_about(locked).delete()
        _drop_unpublished(locked)
        locked.messages.all().delete()
        locked.status_changes.update(reason="")
        locked.name, locked.email, locked.question, locked.user = ERASED_NAME, ERASED_EMAIL, "", None
        locked.urgent_about = locked.answer_draft = ""
        locked.erased_at = timezone.now()
        locked.save()
        if locked.status in {QuestionStatus.NEW, QuestionStatus.ANSWERED}:
            move(locked, QuestionStatus.CLOSED, by=None, reason="The person has asked us to delete it.")


def _letters_about(asked: Question) -> QuerySet[OutgoingEmail]:
    """The letters between this person and us about this question. Of old ones the text is gone, and the name stands in
    the subject still: those of the person go, whichever question they were about.
    """
    theirs = OutgoingEmail.objects.filter(Q(to=asked.email) | Q(reply_to=asked.email), kind=letters.KIND)
    names_it = Q(text__contains=asked.get_tracking_url()) | Q(text__contains=letters.admin_path(asked))
    return theirs.filter(names_it | Q(text="", created_at__gte=asked.asked_at))


def mark_answered(asked: Question, *, by: Actor, reason: str = "") -> Question:
    """Somebody has answered the person, by phone or in person."""
    return move(asked, QuestionStatus.ANSWERED, by=by, reason=reason)


def close_question(asked: Question, *, by: Actor, reason: str = "") -> Question:
    """Nothing more is to be done; the reason is for colleagues."""
    return move(asked, QuestionStatus.CLOSED, by=by, reason=reason)


def mark_spam(asked: Question, *, by: Actor, reason: str = "") -> Question:
    """Keep it apart. It is not deleted, and can come back."""
    return move(asked, QuestionStatus.SPAM, by=by, reason=reason)


def reopen_question(asked: Question, *, by: Actor, reason: str = "") -> Question:
    """Among the new questions again. What was kept apart as spam is announced now, as it was not before."""
    with transaction.atomic():
        if _locked(asked).erased_at:
            raise NotAllowed("The person’s words have been deleted; there is nothing to open.")
        return _announce(move(asked, QuestionStatus.NEW, by=by, reason=reason))
