"""What is registered without saying who may see it keeps the site from starting."""

from dataclasses import dataclass

import pytest
from django.core.exceptions import ImproperlyConfigured

from aapm_site.core.background.due import DueWork, due_work
from aapm_site.core.registry import GuardedRegistry
from aapm_site.mail.registry import MailKind, mail_kinds


@dataclass(frozen=True)
class Item:
    name: str
    permission: str
    order: int = 100


@pytest.mark.parametrize(
    "permission",
    ["", "view_question", "content", "content.", "content.see_question", "nowhere.view_question", ".view_question"],
)
def test_a_permission_that_does_not_exist_is_refused(permission):
    registry = GuardedRegistry()
    with pytest.raises(ImproperlyConfigured, match="'letters' names no permission that exists"):
        registry.register(Item("letters", permission))
    assert len(registry) == 0


@pytest.mark.parametrize("permission", ["content.view_question", "content.decide_question", "core.see_due_work"])
def test_one_that_a_model_declares_is_taken(permission):
    registry = GuardedRegistry()
    registry.register(Item("letters", permission))
    assert len(registry) == 1


def test_neither_mail_nor_due_work_gets_by_without_one():
    before = len(mail_kinds), len(due_work)
    with pytest.raises(ImproperlyConfigured):
        mail_kinds.register(MailKind("letters", "Letters", ""))
    with pytest.raises(ImproperlyConfigured):
        due_work.register(DueWork("letters", "Letters", lambda at: [], lambda key: None, permission=""))
    assert (len(mail_kinds), len(due_work)) == before
