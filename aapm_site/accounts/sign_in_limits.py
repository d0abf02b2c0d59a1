"""How often a sign-in may be tried: by address and network first, by the address alone only much higher.

So nobody keeps somebody else out from afar with a few requests. A browser in which the account has signed in before is
counted by itself and by nothing else, and a passkey, which cannot be guessed, is not counted at all. allauth's own
limits stand behind these and are looser (ACCOUNT_RATE_LIMITS).
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from aapm_site.core.http import limits

from .known_devices import known_device
from .rules import normal_email

A_MINUTE, FIVE_MINUTES, TEN_MINUTES, AN_HOUR = 60, 300, 600, 3600


@dataclass(frozen=True)
class Most:
    """So many times within so many seconds."""

    times: int
    seconds: int

    def words(self, usual: str) -> str:
        """The message that says how long to wait; the usual one says so for all that is shorter than an hour."""
        return "too_many_in_an_hour" if self.seconds >= AN_HOUR else usual


@dataclass(frozen=True)
class Door:
    """One way to sign in, with what each count of it may reach."""

    name: str
    together: Most  # for one address from one network
    network: Most  # from one network, whatever the address
    address: Most  # for one address, wherever from
    device: Most  # in a browser that the account knows


PASSWORD = Door("password", Most(5, FIVE_MINUTES), Most(10, A_MINUTE), Most(100, AN_HOUR), Most(10, FIVE_MINUTES))
CODE = Door("sign-in-code", Most(5, TEN_MINUTES), Most(20, A_MINUTE), Most(50, AN_HOUR), Most(5, TEN_MINUTES))
RESET = Door("password-reset", Most(5, TEN_MINUTES), Most(20, A_MINUTE), Most(50, AN_HOUR), Most(5, TEN_MINUTES))
SECOND_STEP = Door("second-step", Most(5, FIVE_MINUTES), Most(30, A_MINUTE), Most(60, AN_HOUR), Most(10, FIVE_MINUTES))


LETTERS = Most(5, AN_HOUR)  # to one mailbox, whoever asks for them


@dataclass(frozen=True)
class Use:
    """One count that a try goes into."""

    name: str
    subject: str
    most: Most

    def is_within(self) -> bool:
        return limits.within(self.name, self.subject, times=self.most.times, seconds=self.most.seconds)


def what_refuses(request: HttpRequest, door: Door, email: str) -> Most | None:
    """Count one try for this address. A try that one count refuses goes into no further one."""
    return next((use.most for use in _uses(request, door, email) if not use.is_within()), None)


def may_write(request: HttpRequest, email: str) -> bool:
    """Count one letter to this mailbox, from all networks together: a known browser's letters by themselves."""
    account = account_of(email)
    if device := known_device(request, account):
        return Use("letters-device", device, LETTERS).is_within()
    return Use("letters-address", account, LETTERS).is_within()


def was_right(request: HttpRequest, door: Door, email: str) -> None:
    """Take the try back: only wrong ones are counted."""
    for use in _uses(request, door, email):
        limits.give_back(use.name, use.subject)


def begin_anew(request: HttpRequest, door: Door, email: str) -> None:
    """Forget what was tried from here, as after a code from the mailbox has proved who it is."""
    used = _uses(request, door, email)[0]
    limits.forget(used.name, used.subject)


def _uses(request: HttpRequest, door: Door, email: str) -> list[Use]:
    account = account_of(email)
    if device := known_device(request, account):
        return [Use(f"{door.name}-device", device, door.device)]
    network = limits.network(request)
    return [
        Use(f"{door.name}-together", f"{account} from {network}", door.together),
        Use(f"{door.name}-network", network, door.network),
        Use(f"{door.name}-address", account, door.address),
    ]


def account_of(email: str) -> str:
    """The address as an account stores it, so that no other spelling of it is counted apart."""
    try:
        return normal_email(email)
    except ValidationError:
        return email.strip().lower()
