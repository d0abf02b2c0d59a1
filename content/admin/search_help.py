"""What staff teach the search: best bets and words that mean the same, beside what was looked for in vain."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.search.looked_for import NOTHING, VAIN_DAYS, searched_in_vain
from content.forms.search_help import BestBetForm
from content.models import BestBet, Synonym
from content.text.urgency import LONGEST_PHRASE


@admin.register(BestBet)
class BestBetAdmin(admin.ModelAdmin):
    when_empty = (
        "A best bet stands above the results when its words were typed: begin with a search below that found nothing."
    )
    form = BestBetForm
    list_display = ("title", "wordings", "leads_to", "order", "is_on")
    list_filter = ("is_on",)
    list_select_related = ("page",)
    search_fields = ("title", "phrases", "url")
    autocomplete_fields = ("page",)
    change_list_template = "content/admin/best_bet_list.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, and what people looked for in vain, from which a best bet is made with one press."""
        found = searched_in_vain(NOTHING, timezone.now())
        rows = [(words, times, self._begun(words) if len(words) <= LONGEST_PHRASE else "") for words, times in found]
        may_add = self.has_add_permission(request)
        return super().changelist_view(
            request, {**(extra_context or {}), "vain": rows, "vain_days": VAIN_DAYS, "may_add": may_add}
        )

    @staticmethod
    def _begun(words: str) -> str:
        return f"{reverse('admin:content_bestbet_add')}?{urlencode({'phrases': words})}"

    @admin.display(description="words")
    def wordings(self, bet: BestBet) -> str:
        return ", ".join(bet.phrases.splitlines()[:6])

    @admin.display(description="leads to")
    def leads_to(self, bet: BestBet) -> str:
        return bet.page.path if bet.page else bet.url


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    when_empty = "Whoever types one of such words finds what holds any of them."
    list_display = ("name", "wordings", "is_on")
    list_filter = ("is_on",)
    search_fields = ("name", "phrases")

    @admin.display(description="wordings")
    def wordings(self, synonym: Synonym) -> str:
        return ", ".join(synonym.phrases.splitlines())
