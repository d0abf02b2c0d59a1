"""What the first day needs of membership: dues that staff have confirmed."""

from typing import Any

from django.urls import reverse

from aapm_site.core.admin.first_day import FirstStep, StepStanding

from .models import Plan


def _look(user: Any) -> StepStanding:
    samples = Plan.objects.filter(sample=True).count()
    url = reverse("admin:membership_plan_changelist")
    if samples:
        words = f"Categories with sample dues: {samples}. Readers see each once you confirm it."
        return StepStanding(False, words, "Confirm the dues", f"{url}?sample__exact=1")
    if not Plan.objects.filter(joinable=True).exists():
        return StepStanding(False, "There is no category that people can apply for.", "Write the categories", url)
    return StepStanding(True, "What people apply for has dues that you have set.", "Look at them", url)


DUES = FirstStep("dues", "Membership dues", _look, order=35)
