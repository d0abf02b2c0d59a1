"""The reports of the career center: a page that names them, one for each, and each as a table for spreadsheets."""

from aapm_site.core.admin.report_pages import ReportPages

from ..presenters.reports import REPORTS

CAREER_REPORTS = ReportPages("careers", "Career center reports", "careers.see_career_reports", REPORTS)
