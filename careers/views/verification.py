"""Proving an organization's domain: the page that mails a link, and the one to which it leads. Owners only."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import verifications
from ..forms.verification import DomainProofForm
from ..models import Employer
from ..presenters.verification import unverified_words, verified_words
from ..queries.verification import decisions_on
from .access import confirmed_user, limited, owner_of
from .jobs import CAREERS

TITLE = "Verify your organization"


@confirmed_user
@limited("domain-proof", times=20, seconds=24 * 60 * 60)
def employer_verification(request: SignedInRequest, employer_id: str) -> HttpResponse:
    """Whether the organization is verified, how, and the form for an address at its domain."""
    employer = owner_of(request, employer_id).employer
    form = DomainProofForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            proof = verifications.ask_for_proof(employer, by=request.user, address=form.cleaned_data["email"])
        except NotAllowed as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(
                request, f"We wrote to that address at {proof.domain}. Open its link in this browser, signed in as now."
            )
            return redirect("careers:employer-verification", employer_id)
    return _page(request, employer, form)


def _page(request: HttpRequest, employer: Employer, form: DomainProofForm) -> HttpResponse:
    decisions = decisions_on(employer)
    context = {
        "employer": employer,
        "form": form,
        "needs_website": _needs_website(employer),
        "verified_words": verified_words(employer, decisions),
        "unverified_words": unverified_words(employer, decisions),
        "crumbs": _crumbs(employer),
        "meta": PageMeta(TITLE, noindex=True),
    }
    status = 422 if form.errors else 200
    return render(request, "careers/employers/verification.html", context, status=status)


def _needs_website(employer: Employer) -> str:
    """What keeps the organization from proving any domain, in a sentence."""
    try:
        verifications.own_domain(employer)
    except NotAllowed as refused:
        return str(refused)
    return ""


def _crumbs(employer: Employer) -> list[tuple[str, str | None]]:
    return [*CAREERS, (employer.name, employer.get_absolute_url()), ("Verification", None)]


@confirmed_user
def employer_proof(request: SignedInRequest, employer_id: str, signed: str) -> HttpResponse:
    """The link in the letter: GET asks, because mail scanners follow links, POST proves the domain."""
    employer = owner_of(request, employer_id).employer
    proof = verifications.proof_by_token(employer, signed)
    if proof is None:
        messages.warning(request, verifications.VERIFIED if employer.verified else verifications.LINK_IS_OVER)
        return redirect("careers:employer-verification", employer_id)
    if request.method == "POST":
        try:
            done = verifications.use_proof(proof, by=request.user)
        except NotAllowed as refused:
            messages.error(request, str(refused))
        else:
            _congratulate(request, done)
        return redirect("careers:employer-verification", employer_id)
    context = {
        "employer": employer,
        "proof": proof,
        "crumbs": _crumbs(employer),
        "meta": PageMeta(TITLE, noindex=True),
    }
    return render(request, "careers/employers/proof.html", context)


def _congratulate(request: HttpRequest, done: verifications.ProofOutcome) -> None:
    if done.is_verified:
        messages.success(request, f"{done.employer} is verified, by an address at {done.domain}.")
    else:
        messages.success(request, f"You have proved {done.domain}. Our staff look at your organization next.")
