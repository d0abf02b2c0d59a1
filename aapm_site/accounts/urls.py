from django.urls import path

from .views import data, home, mail, mailbox, profile, recovery, security, services

app_name = "accounts"

urlpatterns = [
    path("", home.home, name="home"),
    path("profile/", profile.edit, name="profile-edit"),
    path("security/", security.overview, name="security"),
    path("security/mailbox/", mailbox.show_mailbox, name="mailbox"),
    path("mail/", mail.preferences, name="mail"),
    path("mail/try/", mail.try_again, name="mail-try"),
    path("mail/<int:pk>/", mail.change, name="mail-change"),
    path("services/", services.overview, name="services"),
    path("services/<int:pk>/end/", services.end, name="service-end"),
    path("recovery/stop/<str:signed>/", recovery.stop, name="recovery-stop"),
    path("recovery/confirm/<str:signed>/", recovery.confirm, name="recovery-confirm"),
    path("data/", data.overview, name="data"),
    path("data/export/", data.export, name="data-export"),
    path("data/delete/", data.delete, name="data-delete"),
]
