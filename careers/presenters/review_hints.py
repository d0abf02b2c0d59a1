"""What a reader on the staff should look at twice. Warnings, never refusals: a person decides."""

import re

from aapm_site.core.contact_marks import has_phone_number, has_web_address

from .. import own_name
from ..choices import Remote
from ..job_words import words_for_readers
from ..models import Job
from ..queries.review import near_twins

# Words that may shut people out, with what to think of (Title VII, ADA, ADEA).
WORDS = {
    r"\byoung\b|\byouthful\b|\brecent(?:ly)? graduate": "may shut out by age",
    r"\bdigital native\b|\bmature\b|\bover-?qualified\b|\bunder \d\d\b": "may shut out by age",
    r"\b(?:male|female|men|women|girl|guys?|salesm[ae]n|husband|wife)\b": "names a sex",
    r"\bnative (?:english )?speaker\b|\bamerican[- ]born\b|\bno accent\b": "may shut out by national origin",
    r"\bchristian\b|\bmuslim\b|\bjewish\b|\bcatholic\b": "names a religion",
    r"\bable-?bodied\b|\bhealthy applicants\b|\bno disabilit": "may shut out by disability",
    r"\bunpaid\b|\bapplication fee\b|\bdeposit\b": "may ask applicants for money or free work",
}
# Where the law asks for a range of pay in the posting, each with exceptions of its own.
PAY_STATES = {
    "CA": "California", "CO": "Colorado", "DC": "the District of Columbia", "HI": "Hawaii", "IL": "Illinois",
    "MA": "Massachusetts", "MD": "Maryland", "MN": "Minnesota", "NJ": "New Jersey", "NY": "New York", "VT": "Vermont",
    "WA": "Washington",
}  # fmt: skip


def _pay_hints(job: Job) -> list[str]:
    """What the law may ask where no range is given."""
    if job.shows_pay:
        return []
    if job.remote == Remote.FULL:
        return ["No range of pay is given, and work from home falls under the laws of many states."]
    codes = dict.fromkeys(one.state_code for one in job.locations.all())
    asking = [PAY_STATES[code] for code in codes if code in PAY_STATES]
    return [f"No range of pay is given, and {' and '.join(asking)} may ask for one."] if asking else []


def _contact_hints(text: str) -> list[str]:
    has_mail = re.search(r"\S@\S+\.\w", text) is not None
    found = [
        *(["an e-mail address"] if has_mail else []),
        *(["a web address"] if has_web_address(text) and not has_mail else []),
        *(["a telephone number"] if has_phone_number(text) else []),
    ]
    return [f"The text holds {' and '.join(found)}."] if found else []


def _name_hints(job: Job) -> list[str]:
    """What may tell readers who withholds its name: the whole of it, which forms refuse, or a telling part."""
    if not job.confidential:
        return []
    words = words_for_readers(job)
    if own_name.names(words, job.employer.name):
        return [f"It is confidential, and its words name {job.employer}."]
    telling = own_name.hints_at(words, job.employer.name)
    return (
        [f"It is confidential, and its words hold “{'”, “'.join(telling)}”, of its employer's name."] if telling else []
    )


def warnings_for(job: Job) -> list[str]:
    """Sentences for the staff who read the job."""
    found = hints_in(job)
    if not job.employer.verified:
        found.append("Nobody has verified this employer yet.")
    found += [f"Much like position {twin.number}, “{twin.title}”, of the same employer." for twin in near_twins(job)]
    return found


def hints_in(job: Job) -> list[str]:
    """What its own words and its pay say; no query where its places and questions are prefetched."""
    text = f"{job.title} {job.summary} {re.sub(r'<[^>]+>', ' ', job.body)} {job.benefits}"
    found = []
    for pattern, why in WORDS.items():
        hits = dict.fromkeys(match.group(0).lower() for match in re.finditer(pattern, text, flags=re.IGNORECASE))
        if hits:
            found.append(f"“{'”, “'.join(hits)}”: {why}.")
    if job.title.isupper():
        found.append("The title is in capitals.")
    return [*found, *_pay_hints(job), *_contact_hints(text), *_name_hints(job)]
