"""Where rooms say whose letters are not for everybody on the staff."""

from dataclasses import dataclass

from aapm_site.core.registry import Registry


@dataclass(frozen=True)
class Confidential:
    """Messages of one kind (`billing`: billing.paid and the like), whose text only staff with a permission read."""

    name: str
    permission: str
    order: int = 100


confidential: Registry[Confidential] = Registry()
