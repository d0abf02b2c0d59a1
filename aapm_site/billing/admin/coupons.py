"""Coupons: what they take off, for what, until when."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from aapm_site.core.forms import field_of
from aapm_site.core.money import CURRENCIES, DEFAULT_CURRENCY
from aapm_site.core.templatetags.ui import status

from ..models import Coupon
from ..registry import all_skus
from ..states import CouponKind, OrderStatus

CODE = re.compile(r"[\w -]+")
NO_LIMIT = "Empty: no limit."


class CouponForm(forms.ModelForm):
    """Products are chosen from what is sold; those that are sold no more stay until they are taken out."""

    most_uses = forms.IntegerField(label="Uses in all", min_value=1, required=False, help_text=NO_LIMIT)
    most_per_customer = forms.IntegerField(
        label="Uses by one customer", min_value=1, required=False, initial=1, help_text=NO_LIMIT
    )
    currency = forms.ChoiceField(choices=CURRENCIES, initial=DEFAULT_CURRENCY)
    skus = forms.MultipleChoiceField(
        label="Products", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="What it is good for; none chosen means everything.",
    )  # fmt: skip

    class Meta:
        model = Coupon
        fields = (
            "code", "note", "kind", "percent", "amount", "currency", "skus", "starts_on", "ends_on", "most_uses",
            "most_per_customer", "is_active",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "skus" in self.fields:
            sold = all_skus()
            known = {sku for sku, _ in sold}
            gone = [(sku, f"{sku} (not sold now)") for sku in self.instance.skus or [] if sku not in known]
            field_of(self, "skus", forms.ChoiceField).choices = [
                *((sku, f"{title} ({sku})") for sku, title in sold),
                *gone,
            ]

    def clean_code(self) -> str:
        code = " ".join(self.cleaned_data["code"].split())
        if not CODE.fullmatch(code):
            raise forms.ValidationError("Use letters, figures, spaces and hyphens: people type it from paper.")
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("kind")
        given = {"percent": cleaned.get("percent"), "amount": cleaned.get("amount")}
        wanted, other = ("percent", "amount") if kind == CouponKind.PERCENT else ("amount", "percent")
        if kind and given[wanted] is None and wanted not in self.errors:
            self.add_error(wanted, f"Give the {'percentage' if wanted == 'percent' else 'amount'} that is taken off.")
        if kind and given[other] is not None:
            self.add_error(other, f"Leave this empty: the coupon takes off {CouponKind(kind).label.lower()}.")
        return cleaned


@admin.register(Coupon)
class CouponAdmin(admin.ModelAdmin):
    """A coupon is switched off, never deleted: orders name it."""

    when_empty = "A coupon takes something off a price for whoever types its code."
    form = CouponForm
    list_display = ("code", "state", "takes_off", "starts_on", "ends_on", "uses", "most_uses")
    list_filter = ("is_active", "kind")
    search_fields = ("code", "note")
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = ""
    readonly_fields = ("uses",)
    fieldsets = (
        (None, {"fields": ("code", "note", "is_active")}),
        ("What it takes off", {"fields": ("kind", "percent", "amount", "currency", "skus")}),
        ("When and how often", {"fields": ("starts_on", "ends_on", "most_uses", "most_per_customer", "uses")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Coupon]:
        kept = ~Q(orders__status=OrderStatus.CANCELLED)
        return super().get_queryset(request).annotate(used=Count("orders", filter=kept))

    @admin.display(description="takes off")
    def takes_off(self, coupon: Coupon) -> str:
        return (
            f"{coupon.percent.normalize():f}%" if coupon.percent is not None else f"{coupon.currency} {coupon.amount}"
        )

    @admin.display(description="state")
    def state(self, coupon: Coupon) -> SafeString:
        today = timezone.localdate()
        if not coupon.is_active:
            return status("off", "Switched off", tone="")
        if coupon.ends_on and coupon.ends_on < today:
            return status("ended", "Ended", tone="")
        if coupon.most_uses is not None and self.uses(coupon) >= coupon.most_uses:
            return status("used", "Used up", tone="")
        if not coupon.is_open_on(today):
            return status("later", "Not yet", tone="wait")
        return status("on", "Can be used", tone="live")

    @admin.display(description="used", ordering="used")
    def uses(self, coupon: Coupon) -> int:
        return getattr(coupon, "used", 0)
