"""How hard a text is to read, as a school grade.

The Flesch–Kincaid grade level: 0.39 × words per sentence + 11.8 × syllables per word − 15.59. Source: J. P. Kincaid,
R. P. Fishburne, R. L. Rogers and B. S. Chissom, "Derivation of New Readability Formulas (Automated Readability Index,
Fog Count and Flesch Reading Ease Formula) for Navy Enlisted Personnel", Research Branch Report 8-75, Naval Technical
Training Command, Millington, Tennessee, 1975. Syllables are counted by the groups of vowels, so a grade is a hint to
the editor and never a verdict.
"""

import re

from aapm_site.core.richtext import plain

PLAIN_GRADE = 8.0  # patients' pages should not ask for more
FEWEST_WORDS = 30  # below that, one long word decides

_sentence_end = re.compile(r"[.!?:;]+(?=\s|$)|</(?:p|li|h2|h3|h4|td|th|dd|dt|figcaption|blockquote)>")
_word = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:[’'-][A-Za-zÀ-ÖØ-öø-ÿ]+)*")
_vowels = re.compile(r"[aeiouyà-öø-ÿ]+")
_position = re.compile(r"\{loadposition[^}]*\}")


def syllables(word: str) -> int:
    """The groups of vowels, without an e at the end that is not heard."""
    word = word.lower()
    count = len(_vowels.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee", "ie", "oe", "ye")):
        count -= 1
    if re.search(r"[^aeiouytd]ed$", word):
        count -= 1
    return max(count, 1)


def grade(html: str) -> float | None:
    """The school grade that a text asks for, to one decimal; None for a text too short to tell."""
    parts = [plain(part) for part in _sentence_end.split(_position.sub(" ", html))]
    counted = [words for part in parts if (words := _word.findall(part))]
    words = [word for sentence in counted for word in sentence]
    if len(words) < FEWEST_WORDS:
        return None
    sounds = sum(map(syllables, words))
    return round(max(0.39 * len(words) / len(counted) + 11.8 * sounds / len(words) - 15.59, 0), 1)
