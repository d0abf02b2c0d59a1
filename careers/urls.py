"""The addresses below /career-center/. The landing page and the help are pages that staff write."""

from django.urls import path

from .views import about, employers, postings, public, purchase, submit

app_name = "careers"

own = "employers/<slug:employer_id>"
posting = "employers/jobs/<slug:job_id>"

urlpatterns = [
    path("jobs/", public.job_list, name="job-list"),
    path("jobs/<int:number>/", public.job_detail, name="job-short"),
    path("jobs/<int:number>-<slug:slug>/", public.job_detail, name="job-detail"),
    path("rates/", about.rates, name="rate-list"),
    path("rates/<slug:slug>/buy/", purchase.package_buy, name="package-buy"),
    path("specialties/", about.specialties, name="specialty-list"),
    path("employers/", employers.employer_home, name="employer-home"),
    path("employers/register/", employers.employer_register, name="employer-register"),
    path("employers/invitations/<slug:invitation_id>/", employers.invitation_answer, name="invitation-answer"),
    path(f"{posting}/edit/", postings.posting_edit, name="posting-edit"),
    path(f"{posting}/preview/", postings.posting_preview, name="posting-preview"),
    path(f"{posting}/submit/", submit.posting_submit, name="posting-submit"),
    path(f"{posting}/<slug:verb>/", postings.posting_step, name="posting-step"),
    path(f"{own}/", postings.employer_board, name="employer-board"),
    path(f"{own}/postings/", purchase.employer_credits, name="employer-credits"),
    path(f"{own}/jobs/new/", postings.posting_new, name="posting-new"),
    path(f"{own}/details/", employers.employer_edit, name="employer-edit"),
    path(f"{own}/team/", employers.employer_team, name="employer-team"),
    path(f"{own}/team/<int:member_id>/role/", employers.member_role, name="member-role"),
    path(f"{own}/team/<int:member_id>/remove/", employers.member_remove, name="member-remove"),
    path(f"{own}/invitations/<slug:invitation_id>/cancel/", employers.invitation_cancel, name="invitation-cancel"),
]
