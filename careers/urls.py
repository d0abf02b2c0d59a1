"""The addresses below /career-center/. The landing page and the help are pages that staff write."""

from django.urls import path

from .views import (
    about,
    alerts,
    employer_jobs,
    employers,
    feeds,
    fellowships,
    jobs,
    owner_recovery,
    profile_privacy,
    purchase,
    reports,
    saved,
    submit,
)  # fmt: skip

app_name = "careers"

own = "employers/<slug:employer_id>"
job = "employers/jobs/<slug:job_id>"
offer = "employers/fellowships/<slug:offer_id>"

urlpatterns = [
    path("jobs/", jobs.job_list, name="job-list"),
    path("jobs/feed/", feeds.job_feed, name="job-feed"),
    path("jobs/states/", jobs.job_states, name="job-states"),
    path("jobs/<int:number>/", jobs.job_detail, name="job-short"),
    path("jobs/<int:number>-<slug:slug>/", jobs.job_detail, name="job-detail"),
    path("jobs/<int:number>/save/", saved.job_save, name="job-save"),
    path("jobs/<int:number>/report/", reports.job_report, name="job-report"),
    path("jobs/reported/", reports.job_reported, name="job-reported"),
    path("saved/", saved.saved_positions, name="saved-list"),
    path("saved/remove/", saved.saved_remove, name="saved-remove"),
    path("saved/<int:number>/", saved.saved_edit, name="saved-edit"),
    path("alerts/", alerts.alert_list, name="alert-list"),
    path("alerts/new/", alerts.alert_new, name="alert-new"),
    path("alerts/asked/", alerts.alert_asked, name="alert-asked"),
    path("alerts/erased/", alerts.alert_erased, name="alert-erased"),
    path("alerts/confirm/<str:signed>/", alerts.alert_confirm, name="alert-confirm"),
    path("alerts/job/<str:signed>/", alerts.alert_job, name="alert-job"),
    path("alerts/search/<str:signed>/", alerts.alert_search, name="alert-search"),
    path("alerts/mine/<str:token>/", alerts.alert_reader, name="alert-reader"),
    path("alerts/mine/<str:token>/export/", alerts.alert_export, name="alert-export"),
    path("alerts/mine/<str:token>/erase/", alerts.alert_erase, name="alert-erase"),
    path("profile/hidden-from/", profile_privacy.hidden_from, name="profile-hidden-from"),
    path("profile/seen/", profile_privacy.profile_seen, name="profile-seen"),
    path("profile/still-looking/<str:signed>/", profile_privacy.profile_confirm, name="profile-confirm"),
    path("rates/", about.rates, name="rate-list"),
    path("rates/<slug:slug>/buy/", purchase.package_buy, name="package-buy"),
    path("specialties/", about.specialties, name="specialty-list"),
    path("fellowships/", fellowships.fellowship_list, name="fellowship-list"),
    path("fellowships/feed/", feeds.fellowship_feed, name="fellowship-feed"),
    path(f"{offer}/edit/", fellowships.fellowship_edit, name="fellowship-edit"),
    path(f"{offer}/<slug:verb>/", fellowships.fellowship_step, name="fellowship-step"),
    path(f"{own}/fellowships/", fellowships.fellowship_own, name="fellowship-own"),
    path(f"{own}/fellowships/new/", fellowships.fellowship_new, name="fellowship-new"),
    path("employers/", employers.employer_home, name="employer-home"),
    path("employers/register/", employers.employer_register, name="employer-register"),
    path("employers/owner/<str:signed>/", owner_recovery.object_to_owner, name="owner-objection"),
    path("employers/invitations/<slug:invitation_id>/", employers.invitation_answer, name="invitation-answer"),
    path(f"{job}/edit/", employer_jobs.job_edit, name="job-edit"),
    path(f"{job}/preview/", employer_jobs.job_preview, name="job-preview"),
    path(f"{job}/submit/", submit.job_submit, name="job-submit"),
    path(f"{job}/<slug:verb>/", employer_jobs.job_step, name="job-step"),
    path(f"{own}/", employer_jobs.employer_board, name="employer-board"),
    path(f"{own}/postings/", purchase.employer_credits, name="employer-credits"),
    path(f"{own}/jobs/new/", employer_jobs.job_new, name="job-new"),
    path(f"{own}/details/", employers.employer_edit, name="employer-edit"),
    path(f"{own}/team/", employers.employer_team, name="employer-team"),
    path(f"{own}/team/<int:member_id>/role/", employers.member_role, name="member-role"),
    path(f"{own}/team/<int:member_id>/remove/", employers.member_remove, name="member-remove"),
    path(f"{own}/invitations/<slug:invitation_id>/cancel/", employers.invitation_cancel, name="invitation-cancel"),
]
