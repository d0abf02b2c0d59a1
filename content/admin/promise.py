"""What “Ask us anything” promises: one row, so its list leads to it."""

from django.contrib import admin

from aapm_site.core.admin.only_row import OnlyRow
from content.models import AnswerPromise


@admin.register(AnswerPromise)
class AnswerPromiseAdmin(OnlyRow):
    """Changed in one field; who changed it when stands in its history."""

    fields = ("working_days",)
