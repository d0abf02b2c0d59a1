"""A queryset that is written once gives each person, at each moment, the rows that it would have given them anew."""

from datetime import timedelta

import psycopg
import pytest
from django.db import NotSupportedError, connection, connections, transaction
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.billing import panels as orders
from aapm_site.core.statements import KEY, NOW, PERSON, TODAY, Prepared, WhichFind
from careers import panels as postings
from careers.models import Employer, EmployerInvitation, Job, JobLocation
from content.models import Body
from membership.models import Membership, Term
from membership.queries import members
from tests.careers.factories import live_job, make_employer, make_job, make_member, make_user
from tests.content.makers import page
from tests.membership.factories import day
from tests.membership.factories import make_member as make_academy_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[User]:
    """Somebody with an employer, somebody with two, a member, and somebody with nothing."""
    first, second = make_employer("Alder Clinic"), make_employer("Birch Clinic")
    one, both = make_member(first), make_member(first)
    second.members.create(user=both, role="owner")
    for number in range(7):
        live_job(first, title=f"Nurse {number}")
        make_job(second, title=f"Physician {number}")
    EmployerInvitation.objects.create(employer=second, email=one.email.upper())
    return [one, both, make_academy_member((-800, -435), (-10, 355), user=make_user()), make_user()]


def test_a_persons_rows_are_theirs_by_turns(people):
    for person in [*people, *reversed(people)]:
        assert postings.EMPLOYERS_OF.rows(person=person.pk) == list(Employer.objects.for_user(person))
        assert postings.INVITATIONS_TO.rows(email=person.email) == list(EmployerInvitation.objects.for_user(person))
        newest = Job.objects.for_user(person).order_by("-updated_at", "-pk")[: postings.SHOWN]
        assert postings.NEWEST_OF.rows(person=person.pk) == list(newest)
        assert members.membership_of(person) == Membership.objects.filter(user=person).first()
        terms = Term.objects.filter(membership__user=person).order_by("starts_on")
        assert members.terms_of(User.objects.get(pk=person.pk)) == list(terms)
        assert orders.WAITING_OF.rows(person=person.pk) == []
    assert [len(postings.NEWEST_OF.rows(person=person.pk)) for person in people] == [5, 5, 0, 0]
    assert [len(postings.EMPLOYERS_OF.rows(person=person.pk)) for person in people] == [1, 2, 0, 0]


def test_several_questions_are_one_statement(people, django_assert_num_queries):
    asked = WhichFind(
        lambda: {
            "posts": Employer.objects.for_user(PERSON),
            "invited": EmployerInvitation.objects.for_user(PERSON),
            "never": Employer.objects.none(),
            "member": Membership.objects.filter(user=PERSON).annotate(number_of=Count("terms")).filter(number_of__gt=1),
        }
    )
    found = []
    for person in people:
        with django_assert_num_queries(1):
            found.append(asked.names(person=person.pk, email=person.email))
    assert found == [{"posts", "invited"}, {"posts"}, {"member"}, set()]
    with django_assert_num_queries(0):
        assert WhichFind(lambda: {"never": Employer.objects.none()}).names() == set()


def test_the_moment_is_bound_each_time():
    live = Prepared[Job](lambda: Job.objects.live(NOW).order_by("pk"))
    now = timezone.now()
    job = live_job(starts_at=now, ends_at=now + timedelta(days=30))
    found = [len(live.rows(now=now + timedelta(days=days))) for days in (-1, 0, 29, 30, 0)]
    assert found == [0, 1, 1, 0, 1]
    assert live.rows(now=now) == [job]


def test_rows_come_with_what_was_asked_for(django_assert_num_queries):
    make_job(make_employer("Alder Clinic"), places=[{"city": "Bath", "state_code": "ME"}])
    asked = Prepared[Job](lambda: Job.objects.select_related("employer").defer("body").prefetch_related("locations"))
    asked.rows()
    with django_assert_num_queries(2):
        (job,) = asked.rows()
        assert (job.employer.name, [place.city for place in job.locations.all()]) == ("Alder Clinic", ["Bath"])
    with django_assert_num_queries(1):
        assert job.body.startswith("<p>You would see")


def test_what_belongs_to_a_row_is_found_by_its_key_and_can_be_narrowed(django_assert_num_queries):
    places = [{"city": "Bath", "state_code": "ME"}, {"city": "Troy", "state_code": "NY"}]
    jobs = [make_job(make_employer("Alder Clinic"), places=places), make_job(make_employer("Birch Clinic"), places=[])]
    own = Prepared[JobLocation](lambda: JobLocation.objects.filter(job_id=KEY).order_by("-city"))
    asked = Prepared[Job](lambda: Job.objects.filter(pk=KEY)[:1], locations=own)
    for job, cities in zip([*jobs, *jobs], [["Troy", "Bath"], []] * 2, strict=True):
        with django_assert_num_queries(2):
            found = asked.first(key=job.pk)
            assert [place.city for place in found.locations.all()] == cities
            assert found.locations.count() == len(cities)
            assert all(place.job is found for place in found.locations.all())
        with django_assert_num_queries(1):
            assert found.locations.filter(city="Troy").exists() is ("Troy" in cities)


def test_values_stay_values():
    made = page("about")
    titles = Prepared[str](lambda: type(made).objects.filter(pk=KEY).values_list("title", flat=True))
    assert titles.rows(key=made.pk) == ["About"]
    assert titles.first(key=made.pk) == "About"
    assert titles.first(key=made.pk + 1) is None
    pairs = Prepared[dict](lambda: type(made).objects.filter(pk=KEY).values("slug", "path"))
    assert pairs.rows(key=made.pk) == [{"slug": "about", "path": "/about/"}]


def test_it_is_written_once_and_asked_each_time():
    built = []

    def build():
        built.append(1)
        return Employer.objects.filter(pk=KEY)

    asked = Prepared[Employer](build)
    with CaptureQueriesContext(connection) as queries:
        assert asked.rows(key=0) == asked.rows(key=-1) == []
    assert (len(built), len(queries)) == (1, 2)
    made = make_employer("Later")
    assert [row.name for row in asked.rows(key=made.pk)] == ["Later"]


def test_what_can_never_be_found_is_not_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Prepared(Employer.objects.none).rows() == []


def test_a_frozen_moment_is_refused():
    with pytest.raises(TypeError, match="would be frozen"):
        Prepared(lambda: Job.objects.live(timezone.now())).rows()
    with pytest.raises(TypeError, match="would be frozen"):
        Prepared(lambda: Term.objects.filter(starts_on__lte=timezone.localdate(), ends_on__gt=TODAY)).rows(today=day(0))


def test_a_value_that_is_not_given_is_an_error():
    with pytest.raises(KeyError, match="person"):
        Prepared(lambda: Employer.objects.for_user(PERSON)).rows(key=1)


KEPT_BY_THE_SERVER = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%content_body%%'"


@pytest.mark.django_db(transaction=True)
def test_the_server_keeps_it_until_a_migration_changes_what_it_gives():
    asked = Prepared[str](lambda: Body.objects.filter(pk=KEY).values_list("name", flat=True))
    Body.objects.all().delete()
    made = Body.objects.create(name="Board", kind="board")
    for turn in range(3):
        assert asked.rows(key=made.pk) == ["Board"], turn
    with connection.cursor() as cursor:
        cursor.execute(KEPT_BY_THE_SERVER)
        assert cursor.fetchone() == (1,)
    length = Body._meta.get_field("name").max_length
    with psycopg.connect(**connections["default"].get_connection_params()) as other:  # one that migrates meanwhile
        try:
            other.execute("ALTER TABLE content_body ALTER name TYPE text")
            other.commit()
            assert asked.rows(key=made.pk) == ["Board"]
            with pytest.raises(NotSupportedError, match="must not change result type"), transaction.atomic():
                asked.rows(key=made.pk)
        finally:
            other.execute(f"ALTER TABLE content_body ALTER name TYPE varchar({length})")
            other.commit()
    assert asked.rows(key=made.pk) == ["Board"]
