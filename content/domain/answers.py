"""From a question that one person asked to an answer that everybody may read: edited, without names, dated."""

import re
from dataclasses import dataclass
from itertools import count

from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.text import slugify

from aapm_site.accounts.people import Actor
from aapm_site.core.richtext import plain
from aapm_site.core.transitions import NotAllowed
from content.domain import pages
from content.models import Page, Question
from content.rules import path_for
from content.states import MessageKind, PageKind, QuestionStatus
from content.text.anonymize import Anonymous, Finding, anonymize, anonymize_html

TITLE, SUMMARY = 160, 220
# A question as short as its title needs no second telling below it.
SAME_AS_TITLE = 20

_greeting = re.compile(
    r"^(<p>)\s*(?:Dear|Hello|Hi|Good (?:day|morning|evening))\b[^,<!]{0,80}[,!](?:\s|<br\s*/?>)*((?:<[a-z]+>)*\w?)",
    re.I,
)


@dataclass(frozen=True)
class Draft:
    """What a public answer would begin as, and what the editor must check in it."""

    title: str
    summary: str
    body: str
    findings: tuple[Finding, ...]


def answer_refusal(asked: Question) -> str:
    """Why no public answer can be made of this question, in a sentence for staff; empty when one can."""
    if asked.erased_at:
        return "The person’s words have been deleted."
    if asked.published_as_id:
        return "There is a public answer to this question already."
    if asked.consented_at is None:
        return "The person has not agreed to a public answer, so the question stays between them and us."
    if asked.consent_withdrawn_at:
        return "The person no longer agrees to a public answer."
    if asked.status == QuestionStatus.SPAM:
        return "This question is kept apart as spam."
    if not asked.messages.exclude(kind=MessageKind.FOLLOW_UP).exists():
        return "Answer the person first; the public answer is made of that."
    return ""


def draft_answer(asked: Question) -> Draft:
    """The question and its newest answer without the person's name, addresses and numbers."""
    names = [asked.name, asked.email]
    words = anonymize(asked.question, names)
    newest = asked.messages.exclude(kind=MessageKind.FOLLOW_UP).order_by("-pk").first()
    reply = anonymize_html(_without_greeting(newest.html), names) if newest else Anonymous("")
    title = title_from(words.text)
    body = reply.text
    if len(words.text.strip()) > len(title) + SAME_AS_TITLE:
        parts = [part.strip() for part in re.split(r"\n\s*\n", words.text) if part.strip()]
        body = (
            format_html("<blockquote>{}</blockquote>", format_html_join("", "<p>{}</p>", ((part,) for part in parts)))
            + reply.text
        )
    summary = plain(reply.text, SUMMARY) or title
    return Draft(title, summary, str(body), (*words.findings, *reply.findings))


def _without_greeting(html: str) -> str:
    """A letter begins with a name; a page does not."""
    return _greeting.sub(lambda found: f"{found[1]}{found[2][:-1]}{found[2][-1:].upper()}", html.strip())


def title_from(question: str) -> str:
    """The first sentence that asks something, else the first sentence, cut at a word."""
    sentences = [part.strip() for part in re.split(r"(?<=[.?!])\s+|\n+", question) if part.strip()]
    asking = [sentence for sentence in sentences if sentence.endswith("?")]
    chosen = (asking or sentences or ["A question from a reader"])[0]
    if len(chosen) > TITLE:
        chosen = chosen[: TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return chosen[:1].upper() + chosen[1:]


def make_answer_public(asked: Question, *, by: Actor) -> Page:
    """Make the draft of a public answer, once; editors change and publish it like any page.

    Locks the question, so that two people who press at once make one draft. NotAllowed, with the reason, without the
    person's consent, without an answer, or when there is a page already.
    """
    with transaction.atomic():
        locked = Question.objects.select_for_update(of=("self",)).get(pk=asked.pk)
        if problem := answer_refusal(locked):
            raise NotAllowed(problem)
        draft = draft_answer(locked)
        page = Page(
            kind=PageKind.ANSWER,
            slug=_free_slug(draft.title),
            title=draft.title,
            summary=draft.summary,
            body=draft.body,
            topic=locked.topic,
            for_patients=True,
        )
        pages.save_page(page, by=by, note="Made from a question.")
        locked.published_as = page
        locked.save(update_fields=["published_as"])
    return page


def _free_slug(title: str) -> str:
    """A word of address that no answer has; nobody takes it before this transaction ends."""
    pages.wait_for_the_tree()
    wanted = slugify(title)[:60].strip("-") or "a-question"
    begin = path_for(PageKind.ANSWER, "/", wanted).removesuffix("/")
    taken = set(Page.objects.filter(path__startswith=begin).values_list("path", flat=True))
    free = (f"{wanted}-{number}" if number > 1 else wanted for number in count(1))
    return next(slug for slug in free if path_for(PageKind.ANSWER, "/", slug) not in taken)
