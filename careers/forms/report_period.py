"""Which days a report of the career center is of."""

from aapm_site.core.periods import PeriodForm


class ReportPeriodForm(PeriodForm):
    """A year while nothing is given, and five at most."""

    usual_months = 12
    most_months = 60
