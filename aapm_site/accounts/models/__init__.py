"""People and the shared lists that describe them."""

from .lists import Place, Profession, Specialty
from .user import User, UserManager

__all__ = ["Place", "Profession", "Specialty", "User", "UserManager"]
