"""Plain makers of what the career center's tests stand on."""

from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from aapm_site.accounts.models import Profession, Specialty, User
from aapm_site.billing.domain import payments
from aapm_site.billing.models import Order
from aapm_site.billing.states import PaymentMethod
from careers.choices import CreditReason, MemberRole
from careers.credit_types import CreditType
from careers.domain import credit_ledger, employers
from careers.domain.jobs import set_job_places, set_job_terms
from careers.models import CreditEntry, Employer, EmployerMember, Job, JobStatement, Package
from careers.states import TAKEN_DOWN, JobStatus
from tests.billing import shop

numbers = count(1)
BODY = (
    "<p>You would see about fourteen patients a day, and new patients get an hour.</p>"
    "<p>Every plan is talked over on Wednesdays, at a table, with lunch, by everyone who will carry it out.</p>"
)
ANYWHERE = ({"city": "Portland", "state_code": "ME"},)


def make_user(email: str = "", *, confirmed: bool = True, **fields: Any) -> User:
    user = User.objects.create_user(email or f"team{next(numbers)}@example.org", "correct horse battery", **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=confirmed, primary=True)
    return user


def make_employer(name: str = "Harbor Lane Pain & Spine", **fields: Any) -> Employer:
    number = next(numbers)
    defaults = {"slug": f"employer-{number}", "kind": "private-practice", "website": "https://harborlane.example"}
    return Employer.objects.create(name=name, **{**defaults, **fields})


def make_member(employer: Employer, role: str = MemberRole.OWNER, **fields: Any) -> User:
    user = make_user(**fields)
    EmployerMember.objects.create(employer=employer, user=user, role=role)
    return user


def profession(slug: str = "physician") -> Profession:
    return Profession.objects.get_or_create(slug=slug, defaults={"name": slug.capitalize()})[0]


def specialty(slug: str = "anesthesiology") -> Specialty:
    return Specialty.objects.get_or_create(slug=slug, defaults={"name": slug.capitalize()})[0]


def make_job(
    employer: Employer | None = None, *, places: Any = ANYWHERE, days_ago: float = 1, terms: Any = None, **fields: Any
) -> Job:
    """A complete job; approved, filled, paused and withdrawn ones were live since `days_ago` days."""
    employer = employer or make_employer()
    now = timezone.now()
    status = fields.get("status", JobStatus.DRAFT)
    moments: dict[str, Any] = {}
    if status not in {JobStatus.DRAFT}:
        moments["submitted_at"] = now - timedelta(days=days_ago + 1)
    if status in {JobStatus.APPROVED, *TAKEN_DOWN}:
        starts_at = now - timedelta(days=days_ago)
        moments |= {"approved_at": starts_at, "starts_at": starts_at, "ends_at": starts_at + timedelta(days=30)}
    if status in TAKEN_DOWN:
        moments["taken_down_at"] = now - timedelta(days=days_ago / 2)
    defaults = {
        "employer": employer,
        "title": "Interventional pain physician",
        "profession": profession(),
        "setting": "private-practice",
        "pay_min": Decimal(365000),
        "pay_max": Decimal(420000),
        "summary": "Join three physicians and a block suite four minutes from the ferry.",
        "body": BODY,
        "apply_email": "careers@harborlane.example",
        "public_employer_name": employer.name,
    }
    if fields.get("confidential"):
        defaults |= {"apply_email": "", "takes_applications": True}
    job = Job(**{**defaults, **moments, **fields})
    job.slug = job.wanted_slug
    job.save()
    set_job_places(job, places)
    job.save(update_fields=["places_text"])
    if terms is not None:
        set_job_terms(job, terms)
    JobStatement.objects.create(job=job, is_open_vacancy=True, software_screens=False)
    return job


def credits_for(employer: Employer, count: int = 1, *, runs_days: int = 30, featured: bool = False) -> CreditEntry:
    """Postings that the employer owns, as if staff had given them."""
    kind = CreditType(runs_days, featured)
    return credit_ledger.add_credits(employer, kind, count, CreditReason.GIVEN, reason="For the test.")


def make_package(slug: str = "single-30", **fields: Any) -> Package:
    return Package.objects.create(slug=slug, **{"name": slug, "price": 99, "runs_days": 30, **fields})


def live_job(employer: Employer | None = None, **fields: Any) -> Job:
    return make_job(employer, status=JobStatus.APPROVED, **fields)


def order_of(employer: Employer, by: User, slug: str = "three-pack", quantity: int = 1, **more: Any) -> Order:
    """An order as the checkout places it: its invoice stands, and nothing is paid yet."""
    return shop.place((f"careers:{slug}", quantity), customer=employers.customer_of(employer, by=by), by=by, **more)


def pay(order: Order, reference: str = "4711") -> None:
    """A check over what was invoiced has come."""
    payments.record_payment(
        order,
        by=None,
        method=PaymentMethod.CHECK,
        amount=order.invoice.total,
        received_on=timezone.localdate(),
        reference=reference,
    )
