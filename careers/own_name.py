"""Whether words name an employer that withholds its name. Pure functions, without a database."""

import html
import re

from aapm_site.core.accents import unaccented

SHORT_NAME = 8  # letters; a shorter name stands inside of other words by chance
LONGEST_KNOWN = 5  # letters that a word has at least to give somebody away
# Words that many employers have in their names, so that they tell nobody apart.
COMMON = set(
    """
    academic academy advanced affiliates alliance american anesthesia anesthesiology associates association behavioral
    cancer cardiology center centers centre children children’s clinic clinical clinics college community comprehensive
    consultants county department district doctors eastern family foundation general group headache health healthcare
    hospital hospitals inpatient institute institutes integrated international interventional management medical
    medicine memorial mental mercy metro midwest mountain musculoskeletal national neurology neuroscience neurosurgery
    northern nursing orthopaedic orthopedic orthopedics outpatient pacific pain partners pediatric pediatrics physical
    physicians practice presbyterian private professional professionals providers public recovery regional rehab
    rehabilitation relief research saint school science sciences services southern specialist specialists spine sports
    surgeons surgery surgical system systems therapy treatment united university valley veterans wellness western women
    """.split()  # noqa: SIM905 - seventy words read better as a text
)
_tag = re.compile(r"<[^>]*>")
_word = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def names(words: str, name: str) -> bool:
    """Whether a text, plain or HTML, holds the name, however it is spaced, hyphenated, accented or marked up."""
    wanted = _letters(name)
    if len(wanted) >= SHORT_NAME:
        return wanted in _letters(words)
    return (
        bool(wanted)
        and re.search(rf"(?<!\w){re.escape(_folded(name))}(?!\w)", _folded(_tag.sub(" ", words))) is not None
    )


def hints_at(words: str, name: str) -> list[str]:
    """The words of the name that stand in the text and would give its bearer away, as they are written there."""
    telling = {one for one in map(_folded, _word.findall(name)) if len(one) >= LONGEST_KNOWN} - COMMON
    found = _word.findall(html.unescape(_tag.sub(" ", words)))
    return list(dict.fromkeys(word for word in found if _folded(word) in telling and word[:1].isupper()))


def _folded(text: str) -> str:
    return unaccented(html.unescape(text).casefold())


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", _folded(_tag.sub("", text)))
