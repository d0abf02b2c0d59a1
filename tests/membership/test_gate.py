"""The gate of a members' page tells each reader why it is closed to them and what to do next."""

import pytest
from django.contrib.auth.models import AnonymousUser

from aapm_site.core import positions
from tests.factories import user
from tests.membership.factories import make_member

pytestmark = pytest.mark.django_db


def gate(rf, person, audience="members"):
    request = rf.get("/membership/member-handbook/")
    request.user = person
    return positions.render("gate", request, audience=audience)


def test_a_visitor_is_offered_to_join_and_to_sign_in(rf):
    html = gate(rf, AnonymousUser())

    assert "You are not signed in" in html
    assert 'href="/membership/join/">Join now' in html
    assert 'href="/accounts/login/?next=%2Fmembership%2Fmember-handbook%2F">Sign in and read on' in html


def test_somebody_without_membership_is_told_so(rf):
    html = gate(rf, user())

    assert "your account has no membership" in html
    assert "Sign in and read on" not in html


@pytest.mark.parametrize(
    ("term", "step"),
    [
        ((-800, -400), 'href="/membership/mine/#renew">Renew your membership'),
        ((-1500, -1100), 'href="/membership/join/">Join again'),
    ],
)
def test_a_lapsed_member_reads_when_it_ended_and_how_to_come_back(rf, term, step):
    html = gate(rf, make_member(term))

    assert "Your membership ended on" in html
    assert step in html


def test_a_member_meets_no_gate(rf):
    assert gate(rf, make_member((-30, 300))) == ""


def test_an_open_page_has_no_gate(rf):
    assert gate(rf, AnonymousUser(), audience="public") == ""
