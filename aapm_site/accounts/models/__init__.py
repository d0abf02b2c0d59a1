"""People and the shared lists that describe them."""

from .address_change import AddressChange
from .history import GroupPermission, UserGroup, UserPermission
from .lists import Place, Profession, Specialty
from .recovery import AccountRecovery, RecoveryOutcome, SlowRecovery
from .user import User, UserManager

__all__ = [
    "AccountRecovery",
    "AddressChange",
    "GroupPermission",
    "Place",
    "Profession",
    "RecoveryOutcome",
    "SlowRecovery",
    "Specialty",
    "User",
    "UserGroup",
    "UserManager",
    "UserPermission",
]
