"""The reports about members: a page that names them, one for each, and each as a table for spreadsheets."""

from aapm_site.core.admin.report_pages import ReportPages

from ..presenters.reports import REPORTS

MEMBER_REPORTS = ReportPages("membership", "Membership reports", "membership.see_member_reports", REPORTS)
