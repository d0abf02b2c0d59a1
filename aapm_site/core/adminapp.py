"""The admin as a Django app with the site's own StaffSite."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """The stock admin with the site's sign-in and its page of due work."""

    default_site = "aapm_site.core.adminsite.StaffSite"
