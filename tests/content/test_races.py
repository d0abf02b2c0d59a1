"""Two editors who take the same address at the same moment: one gets it, the other is told beside the field."""

from functools import partial

import pytest

from content.models import Page
from tests.content.test_admin import ADD, fields
from tests.factories import staff_client
from tests.racing import at_once

EDITORS = 4


@pytest.mark.django_db(transaction=True)
def test_one_editor_gets_the_address_and_the_others_are_told():
    clients = [staff_client() for _ in range(EDITORS)]

    answers = at_once(*[partial(client.post, ADD, fields(slug="together")) for client in clients])

    assert sorted(answer.status_code for answer in answers) == [200] * (EDITORS - 1) + [302]
    assert Page.objects.filter(path="/together/").count() == 1
    for refused in (answer for answer in answers if answer.status_code == 200):
        assert refused.context["adminform"].form.errors["slug"] == ["There is a page at /together/ already."]
