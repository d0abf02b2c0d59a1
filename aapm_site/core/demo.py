"""The demonstration's sign-ins. They exist on the embedded database only."""

from dataclasses import dataclass

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
