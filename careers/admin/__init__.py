"""What careers staff see and decide."""

from .employers import EmployerAdmin
from .jobs import JobAdmin
from .packages import PackageAdmin

__all__ = ["EmployerAdmin", "JobAdmin", "PackageAdmin"]
