"""Asking addresses outside whether they answer, without being led inside.

The site opens these connections by itself, so an address may not lead it to its own network: every address of a host
must be a public one, the connection goes to an address that was looked at, and each redirect is looked at again.
Nothing of the answer is kept but its status.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, quote, urljoin, urlsplit

AGENT = "AAPM-link-check/1.0 (bot; asks once a week whether a page that we recommend is still there)"
REDIRECTS = (301, 302, 303, 307, 308)
NAT64 = ipaddress.ip_network("64:ff9b::/96")
SAFE = "/%:=&?~#+!$,;'@()*[]"
HOST = re.compile(r"[a-z0-9._:-]{1,253}", re.IGNORECASE)
MOST_ADDRESSES = 4  # of one host that are tried
ALPN = ["http/1.1"]


@dataclass(frozen=True)
class Limits:
    """What a question may cost. `inside` lets it reach any machine and port; only tests say so."""

    seconds: float = 10.0  # for one request, from its connection to its last byte
    altogether: float = 25.0  # with GET after HEAD and every redirect
    redirects: int = 3
    most_bytes: int = 64 * 1024
    ports: Collection[int] = (80, 443)
    inside: bool = False


@dataclass(frozen=True)
class HttpResult:
    """What an address said. `status` is None when nothing answered; `is_unknown` when its host has no address."""

    status: int | None = None
    problem: str = ""
    is_unknown: bool = False


class NotAsked(Exception):  # noqa: N818 - said to staff as it is
    """The address may not be asked, or nothing answers there; the text says why."""

    def __init__(self, problem: str, *, is_unknown: bool = False) -> None:
        super().__init__(problem)
        self.is_unknown = is_unknown


DEFAULT = Limits()


def ask(url: str, limits: Limits = DEFAULT) -> HttpResult:
    """HEAD, and GET where HEAD is not understood; follows a few redirects. Never raises for what it finds there."""
    status: int | None = None
    until = time.monotonic() + limits.altogether
    try:
        for _ in range(limits.redirects + 1):
            status, location = _status(_split(url, limits), limits, until)
            if status not in REDIRECTS or not location:
                return HttpResult(status)
            url = urljoin(url, _as_sent(location))
    except NotAsked as refused:
        return HttpResult(status, str(refused), refused.is_unknown)
    except ValueError:
        return HttpResult(status, "It redirects to what is not an address.")
    return HttpResult(status, f"It redirects more than {limits.redirects} times.")


def _as_sent(location: str) -> str:
    """A redirect's address in plain ASCII. http.client reads headers as Latin-1; most servers write UTF-8."""
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    return quote(location.strip(), safe=SAFE)


def _split(url: str, limits: Limits) -> SplitResult:
    try:
        split = urlsplit(url)
        port = split.port if split.port is not None else (443 if split.scheme == "https" else 80)
        host = (split.hostname or "").encode("idna").decode("ascii")
    except ValueError as wrong:
        raise NotAsked("This is not an address.") from wrong
    if split.scheme not in ("http", "https"):
        raise NotAsked("Only http and https addresses are asked.")
    if not HOST.fullmatch(host):
        raise NotAsked("This is not an address.")
    if split.username is not None or split.password is not None:
        raise NotAsked("This is not the address of a public page.")
    if port not in limits.ports and not limits.inside:
        raise NotAsked(f"Port {port} is not that of a public page.")
    path = quote(split.path or "/", safe=SAFE)
    return SplitResult(split.scheme, f"[{host}]:{port}" if ":" in host else f"{host}:{port}", path, split.query, "")


def _status(split: SplitResult, limits: Limits, until: float) -> tuple[int, str | None]:
    """The status and, of a redirect, where it leads."""
    status, location = _request("HEAD", split, limits, until)
    if status >= 400:
        # Many servers know only GET, and some answer HEAD with anything.
        status, location = _request("GET", split, limits, until)
    return status, location


def _request(method: str, split: SplitResult, limits: Limits, until: float) -> tuple[int, str | None]:
    seconds = min(limits.seconds, until - time.monotonic())
    if seconds <= 0:
        raise NotAsked(f"The answer took longer than {limits.altogether:g} seconds.")
    connection = _Connection(split, replace(limits, seconds=seconds))
    alarm = threading.Timer(seconds, connection.cut)
    alarm.daemon = True
    alarm.start()
    target = split.path + (f"?{quote(split.query, safe=SAFE)}" if split.query else "")
    try:
        with closing(connection):
            headers = {"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.5", "Accept-Encoding": "identity"}
            connection.request(method, target, headers={**headers, "Connection": "close"})
            response = connection.getresponse()
            if method == "GET" and response.status < 300:
                response.read(limits.most_bytes)
            return response.status, response.getheader("Location")
    except ssl.SSLCertVerificationError as wrong:
        raise NotAsked(f"Its certificate is not valid: {wrong.verify_message[:120]}.") from wrong
    except (OSError, http.client.HTTPException, ValueError) as failed:
        late = connection.is_cut or isinstance(failed, TimeoutError)
        why = f"took longer than {seconds:.2g} seconds" if late else "broke off or did not speak HTTP"
        raise NotAsked(f"The answer {why}.") from failed
    finally:
        alarm.cancel()


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was looked at before, and not to whatever the name says a moment later."""

    def __init__(self, split: SplitResult, limits: Limits) -> None:
        super().__init__(split.hostname or "", split.port, timeout=limits.seconds)
        self.is_secure = split.scheme == "https"
        self.limits = limits
        self.is_cut = False
        self.opened: socket.socket | None = None
        # The Host header leaves out the scheme's own port.
        self.default_port = 443 if self.is_secure else 80

    def connect(self) -> None:
        self.opened = self.sock = _open(self.host, self.port, self.limits)
        if self.is_secure:
            context = ssl.create_default_context()
            context.set_alpn_protocols(ALPN)
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
            self.opened = self.sock

    def cut(self) -> None:
        """End whatever goes on: a server that sends a byte now and then would never meet the socket's own limit."""
        self.is_cut = True
        if self.opened is not None:
            with suppress(OSError):
                # Past TLS, which would wait for the other side's goodbye.
                socket.socket.shutdown(self.opened, socket.SHUT_RDWR)


def _open(host: str, port: int, limits: Limits) -> socket.socket:
    """A connection to the first address that takes one. All addresses must be public, not only the one that is used."""
    addresses = addresses_of(host, port, limits.seconds)
    if not limits.inside and any(not is_public(address) for address in addresses):
        raise NotAsked("Its host lies in a private network.")
    for address in addresses[:MOST_ADDRESSES]:
        try:
            opened = socket.create_connection((address, port), timeout=limits.seconds)
        except OSError:
            continue
        if not limits.inside and not is_public(opened.getpeername()[0]):
            opened.close()
            raise NotAsked("Its host lies in a private network.")
        return opened
    raise NotAsked("Its host takes no connection.")


def addresses_of(host: str, port: int, seconds: float) -> list[str]:
    """Every address of a host. The system's own look-up knows no limit of time, so it is waited for only so long."""
    found: list[str] = []
    unknown: list[bool] = []

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as failed:
            unknown.append(getattr(failed, "errno", None) in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", -5)))
        else:
            found.extend(dict.fromkeys(str(row[4][0]) for row in rows))

    asking = threading.Thread(target=look_up, daemon=True)
    asking.start()
    asking.join(seconds)
    if not found:
        raise NotAsked("Its host has no address.", is_unknown=any(unknown))
    return list(found)


def is_public(address: str) -> bool:
    """Whether an address is one of the public Internet, in whatever form it hides."""
    try:
        known = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(known, ipaddress.IPv6Address):
        if written := _ipv4_of(known):
            return is_public(str(written))
        hidden = [known.sixtofour, *(known.teredo or ())]
        if any(inner is not None and not is_public(str(inner)) for inner in hidden):
            return False
    return known.is_global and not known.is_multicast and not known.is_reserved and not known.is_unspecified


def _ipv4_of(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The machine that this only writes in another way: mapped, or as networks without IPv4 reach it (NAT64)."""
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else address.ipv4_mapped
