"""How staff decided of organizations: who is verified, trusted or banned; and the logo of the demonstration's own."""

import io
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.first_use import on_first_use

from ..choices import EmployerDecisionKind, MemberRole
from ..domain.bans import ban_employer
from ..domain.logos import keep_logo, made_logo
from ..domain.trust import trust_employer
from ..models import BannedEmployer, Employer, EmployerDecision, EmployerLogo
from ..web_domains import domain_of

if TYPE_CHECKING:
    from PIL import Image, ImageDraw
else:
    Image, ImageDraw = on_first_use("PIL.Image"), on_first_use("PIL.ImageDraw")

INK, TEAL, SAND = "#14324a", "#1d7a74", "#d98c3f"
HOW = "A sample: we called the number on its website."
# Verified ones of which a position waits for review, so that there is something to approve together.
TRUSTED = ("lakeward-university-hospital", "switchgrass-rehabilitation-partners")
WHY_TRUSTED = "A sample: twelve postings in three years, and nothing that we had to send back."
BANNED = "Bright Ladder Placements"
WHY_BANNED = "A sample: it asked applicants for a fee before an interview, three times."


def load_organizations(owner: str, staff: str) -> int:
    """The record of each sample that is verified, once; how many have one now."""
    known = User.objects.filter(email=staff).first()
    fresh = Employer.objects.filter(is_sample=True, verified=True, decisions=None).order_by("pk")
    for number, employer in enumerate(fresh):
        _decide(employer, known, by_link=number % 2 == 1 or employer.members.filter(user__email=owner).exists())
    _trust(known)
    if known is not None and not BannedEmployer.objects.exists():
        ban_employer(name=BANNED, reason=WHY_BANNED, by=known)
    _draw(Employer.objects.filter(members__user__email=owner, is_sample=True).first())
    return EmployerDecision.objects.filter(employer__is_sample=True).count()


def _decide(employer: Employer, staff: User | None, *, by_link: bool) -> None:
    at = timezone.now() - timedelta(days=40 + employer.pk % 7)
    if by_link and (domain := domain_of(employer.website)):
        first = employer.members.filter(role=MemberRole.OWNER).order_by("pk").first()
        EmployerDecision.objects.create(
            employer=employer, kind=EmployerDecisionKind.PROVED, domain=domain, by=first.user if first else None, at=at
        )
    else:
        EmployerDecision.objects.create(
            employer=employer, kind=EmployerDecisionKind.VERIFIED, by=staff, reason=HOW, at=at
        )


def _trust(staff: User | None) -> None:
    """Once, so that trust that was ended stays ended."""
    samples = Employer.objects.filter(is_sample=True, slug__in=TRUSTED, verified=True, closed_at=None)
    for employer in samples.exclude(decisions__kind=EmployerDecisionKind.TRUSTED):
        trust_employer(employer, by=staff, why=WHY_TRUSTED)


def _draw(employer: Employer | None) -> None:
    """A field, a hill and a rising sun, for whoever has no logo yet."""
    if employer is None or EmployerLogo.objects.filter(employer=employer).exists():
        return
    picture = Image.new("RGB", (640, 400), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((215, 60, 425, 270), fill=SAND)
    draw.pieslice((40, 150, 440, 550), 180, 360, fill=TEAL)
    draw.pieslice((240, 200, 640, 600), 180, 360, fill=INK)
    draw.rectangle((0, 340, 640, 400), fill="white")
    file = io.BytesIO()
    picture.save(file, "PNG")
    keep_logo(employer, made_logo(file.getvalue(), "logo.png"))
