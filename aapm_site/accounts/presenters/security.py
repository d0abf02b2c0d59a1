"""How a person's sign-in is protected, in words."""

from dataclasses import dataclass

WITHOUT = "A password can be guessed or stolen; a fingerprint or a code from your phone besides it keeps a thief out."


@dataclass(frozen=True)
class SecondFactor:
    """Whether there is a second step, what it is, and what its link says."""

    is_on: bool
    told: str
    link: str


def second_factor(*, has_app: bool, passkeys: int, codes_left: int) -> SecondFactor:
    if not has_app and not passkeys:
        return SecondFactor(False, WITHOUT, "Set up a second step")
    kinds = [*(["An authenticator app"] if has_app else []), *([_number(passkeys, "passkey")] if passkeys else [])]
    told = f"{' and '.join(kinds)}. {_number(codes_left, 'recovery code')} left."
    return SecondFactor(True, told, "See and change them")


def places(sessions: int) -> str:
    """On how many devices the person is signed in."""
    return f"On {sessions} devices or browsers, this one among them." if sessions > 1 else "Here only."


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
