"""What billing hands over when two persons are one: the customer account. Papers never change their customer."""

from aapm_site.accounts.models import User
from aapm_site.accounts.registry import Handover
from aapm_site.core.transitions import NotAllowed

from ..models import Customer, Order


def lock(kept: User, gone: User) -> None:
    """Both customer accounts, in one order whoever merges."""
    list(Customer.objects.select_for_update().filter(user__in=(kept, gone)).order_by("pk"))


def move(kept: User, gone: User, answers: frozenset[str]) -> list[str]:
    """The account with the orders is the kept person's. NotAllowed where both have ordered: an invoice, its payments
    and what is owed belong to one account for good.
    """
    accounts = {account.user_id: account for account in Customer.objects.filter(user__in=(kept, gone))}
    old = accounts.get(gone.pk)
    if old is None:
        return []
    mine = accounts.get(kept.pk)
    if mine is not None and _has_papers(mine) and _has_papers(old):
        raise NotAllowed(
            "Both have orders of their own. An invoice stays in the account that it was written for, so keep these two "
            "apart, or ask finance."
        )
    if mine is not None and not _has_papers(old):
        Customer.objects.filter(pk=old.pk).update(user=None)
        return []
    if mine is not None:
        Customer.objects.filter(pk=mine.pk).update(user=None)
    Customer.objects.filter(pk=old.pk).update(user=kept)
    count = Order.everything.filter(customer=old).count()
    return [f"The account {old.name} with 1 order." if count == 1 else f"The account {old.name} with {count} orders."]


def _has_papers(account: Customer) -> bool:
    return Order.everything.filter(customer=account).exists() or account.entries.exists()


HANDOVER = Handover("billing", ("billing.Customer",), move, lock, order=10)
