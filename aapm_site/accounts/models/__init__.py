"""People and the shared lists that describe them."""

from .address_change import AddressChange
from .history import GroupPermission, UserGroup, UserPermission
from .lists import Profession, Specialty
from .place import Place, PlaceName, UnknownPlace, ZipCode
from .recovery import AccountRecovery, RecoveryOutcome, SlowRecovery
from .service import Service, ServiceConsent
from .user import User, UserManager

__all__ = [
    "AccountRecovery",
    "AddressChange",
    "GroupPermission",
    "Place",
    "PlaceName",
    "Profession",
    "RecoveryOutcome",
    "Service",
    "ServiceConsent",
    "SlowRecovery",
    "Specialty",
    "UnknownPlace",
    "User",
    "UserGroup",
    "UserManager",
    "UserPermission",
    "ZipCode",
]
