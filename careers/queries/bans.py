"""Which organizations of the site an entry of the ban list names; staff look at them and decide."""

from allauth.account.models import EmailAddress
from django.db.models import Count, Q, QuerySet

from ..ban_words import domains_above, folded_name
from ..models import BannedEmployer, Employer, Job

MOST_NAMED = 50


def employers_named_by(entry: BannedEmployer) -> QuerySet[Employer]:
    """At most fifty by name, each with how many `live` positions it has. Names and websites are compared one by one."""
    people = EmailAddress.objects.none()
    keys: set[int] = set()
    if entry.address:
        people = EmailAddress.objects.filter(email__iexact=entry.address)
    elif entry.domain:
        at_it = Q(email__iendswith=f"@{entry.domain}") | Q(email__iendswith=f".{entry.domain}")
        people = EmailAddress.objects.filter(at_it)
        sites = Employer.objects.exclude(website="").values_list("pk", "website")
        keys = {key for key, website in sites.iterator() if entry.domain in domains_above(website)}
    elif entry.name:
        names = Employer.objects.values_list("pk", "name")
        keys = {key for key, name in names.iterator() if folded_name(name) == entry.name}
    found = Employer.objects.filter(Q(pk__in=keys) | Q(members__user__in=people.values("user")))
    own = Employer.objects.filter(pk__in=found.values("pk"))
    live = Count("jobs", filter=Q(jobs__in=Job.objects.live().values("pk")))
    return own.annotate(live=live).order_by("name", "pk")[:MOST_NAMED]
