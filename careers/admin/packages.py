"""Rates in the admin."""

from typing import Any

from django.contrib import admin

from aapm_site.accounts.people import Actor
from aapm_site.core.admin.action_forms import ActionForm, AsReadForm
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.money import Money

from ..domain.packages import confirm_price
from ..models import Package


class ConfirmPriceForm(AsReadForm):
    """The price that the page has shown."""

    changed_since = "A colleague has changed this rate since you opened the page. Please look at the price again."

    def what_it_says(self, newest: Any) -> object:
        return _prices(newest), newest.postings, newest.runs_days


def _prices(package: Package) -> str:
    """The price, and the members' price where there is one."""
    price = str(Money(package.price, package.currency))
    if package.member_price is None:
        return price
    return f"{price}, for members {Money(package.member_price, package.currency)}"


def _words(package: Package | None) -> tuple[str, ...]:
    sale = "From now on it is on sale, and the rates page no longer calls the price a sample."
    if package is None:
        return (sale, "Each is sold at the price that the list shows.")
    return (
        f"{package.name}: {_prices(package)}. {sale}",
        "If the price should be another, change and save it first.",
    )


def _confirm(package: Package, form: ActionForm, by: Actor) -> ActionOutcome:
    done = confirm_price(package)
    return ActionOutcome((f"{done} is on sale at {_prices(done)}.",))


CONFIRM = AdminAction(
    verb="confirm-price",
    label="Confirm the price",
    button="Confirm, and put it on sale",
    permission="careers.change_package",
    words=_words,
    form=ConfirmPriceForm,
    refusal=lambda package: "" if package.is_sample else "Its price has been confirmed already.",
    do=_confirm,
)


@admin.register(Package)
class PackageAdmin(ActionsAdmin):
    """Prices are rows: staff edit them, and the rates page follows at once."""

    when_empty = "What employers can buy, with its price: nothing can be ordered before there is one."
    list_display = (
        "name",
        "postings",
        "runs_days",
        "price",
        "member_price",
        "tax_rate",
        "is_active",
        "is_sample",
        "order",
    )
    list_filter = ("is_active", "featured", "is_sample")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    object_actions = (CONFIRM,)
    list_actions = (CONFIRM,)
