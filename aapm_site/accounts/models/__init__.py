"""People and the shared lists that describe them."""

from .address_change import AddressChange
from .history import GroupPermission, UserGroup, UserPermission
from .lists import Place, Profession, Specialty
from .user import User, UserManager

__all__ = [
    "AddressChange",
    "GroupPermission",
    "Place",
    "Profession",
    "Specialty",
    "User",
    "UserGroup",
    "UserManager",
    "UserPermission",
]
