"""Mail to addresses that nobody has confirmed: they may be a stranger's, whom somebody wants to trouble.

What people typed does not go there, names included, and a reader gets a few letters a day at most, whatever asks for
them. All exceptions stand here in one place, each with its reason: therefore letters of rooms are named here, though
nothing of a room is imported.
"""

import re

# Beginnings of templates that may carry what people typed.
TYPED_WORDS_MAY_GO = {
    "careers/team_invitation": (
        "An invitation says who invites: by an address that the inviter has confirmed, and by the name of an "
        "organization only once staff have verified it."
    ),
    "billing/": (
        "The invoice of an order that the finance office wrote down says whose it is. What a buyer typed stands in no "
        "letter to a stranger: it says by a confirmed address who ordered, and links to the papers."
    ),
}

# A day, for one reader. The last places are kept for codes, so that letters do not keep a person from signing up.
LETTERS_A_DAY = 6
WITH_CODES_A_DAY = 10

DOTS_DO_NOT_COUNT = frozenset({"gmail.com", "googlemail.com"})
_tag = re.compile(r"\+.*$", re.DOTALL)


def exception_for(template: str) -> str:
    """Why this letter may carry what people typed; empty when it may not."""
    return next((why for begins, why in TYPED_WORDS_MAY_GO.items() if template.startswith(begins)), "")


def shown_address(address: str) -> str:
    """The address as a letter to a stranger repeats it: without a tag, in which anything can be written."""
    local, _, domain = address.rpartition("@")
    return f"{_tag.sub('', local)}@{domain}"


def reader_of(address: str) -> str:
    """Whose mailbox it is: tags, capitals and Gmail's dots lead to the same one."""
    local, _, domain = shown_address(address).casefold().rpartition("@")
    if domain in DOTS_DO_NOT_COUNT:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"
