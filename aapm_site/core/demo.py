"""The demonstration: its sign-ins, which exist on the embedded database only, and who loads its content."""

from collections.abc import Callable
from dataclasses import dataclass

from .registry import Registry

Say = Callable[[str], None]
PASSWORD = "quiet-line-1983"  # noqa: S105 - printed at the start of the demonstration


@dataclass(frozen=True)
class SignIn:
    kind: str
    email: str


SIGN_INS = (
    SignIn("member", "member@demo.example"),
    SignIn("lapsed member", "lapsed@demo.example"),
    SignIn("employer", "employer@demo.example"),
    SignIn("staff", "staff@demo.example"),
)


@dataclass(frozen=True)
class DemoLoader:
    """Demonstration content of one app; load(say) is repeatable and reports with say(text)."""

    name: str
    load: Callable[[Say], None]
    order: int = 100


demo_loaders: Registry[DemoLoader] = Registry()
