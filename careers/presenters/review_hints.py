"""What a reader on the staff should look at twice. Warnings, never refusals: a person decides."""

import re

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


def warnings_for(job: Job) -> list[str]:
    """Sentences for the staff who read the job."""
    text = f"{job.title} {job.summary} {re.sub(r'<[^>]+>', ' ', job.body)} {job.benefits}"
    found = []
    for pattern, why in WORDS.items():
        hits = dict.fromkeys(match.group(0).lower() for match in re.finditer(pattern, text, flags=re.IGNORECASE))
        if hits:
            found.append(f"“{'”, “'.join(hits)}”: {why}.")
    if job.title.isupper():
        found.append("The title is in capitals.")
    if not job.employer.verified:
        found.append("Nobody has verified this employer yet.")
    found += [f"Much like position {twin.number}, “{twin.title}”, of the same employer." for twin in near_twins(job)]
    return found
