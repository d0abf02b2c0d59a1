"""Asking addresses outside: a real server on this machine that answers as badly as servers do, and inward ways shut."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest

from aapm_site.core.http import safe_http
from aapm_site.core.http.safe_http import HttpResult, Limits, addresses_of, ask, is_public

HERE = Limits(seconds=0.6, altogether=2.0, inside=True)
ANSWERS = {
    "fine": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "gone": b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
    "away": b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n",
    "moved": b"HTTP/1.1 301 Moved\r\nLocation: /fine\r\nContent-Length: 0\r\n\r\n",
    "loop": b"HTTP/1.1 302 Moved\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n",
    "nowhere": b"HTTP/1.1 302 Moved\r\nContent-Length: 0\r\n\r\n",
    "script": b"HTTP/1.1 302 Moved\r\nLocation: javascript:alert(1)\r\n\r\n",
    "file": b"HTTP/1.1 302 Moved\r\nLocation: file:///etc/passwd\r\n\r\n",
    "bracket": b"HTTP/1.1 302 Moved\r\nLocation: http://[::1/\r\n\r\n",
    "split": b"HTTP/1.1 302 Moved\r\nLocation: /fi\rne\x00\x07\r\nSet-Cookie: a=b\r\n\r\n",
    "accents": "HTTP/1.1 302 Moved\r\nLocation: /é?q=ü\r\n\r\n".encode(),
    "garbage": b"\x00\xff\x16\x03\x01 this is not HTTP\r\n\r\n",
    "empty": b"",
    "headers": b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(500)) + b"\r\n",
    "longline": b"HTTP/1.1 200 " + b"x" * 200_000 + b"\r\n\r\n",
    "no-robots": b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
    "huge-number": b"HTTP/1.1 99999 OK\r\n\r\n",
}


class Server:
    """One connection, one answer. What was asked, and how many bytes went out, is kept."""

    def __init__(self, family=socket.AF_INET, host="127.0.0.1"):
        self.listening = socket.create_server((host, 0), family=family)
        self.port = self.listening.getsockname()[1]
        self.asked = []
        self.sent = 0
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                taken, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=(taken,), daemon=True).start()

    def answer(self, taken):
        with taken:
            try:
                asked = taken.recv(65536).decode("latin-1")
                self.asked.append(asked)
                method, path, _ = asked.split(" ", 2)
                name = path.strip("/").split("?")[0]
                getattr(self, name.replace("-", "_"), self.plain)(taken, method, name)
            except OSError:
                pass

    def plain(self, taken, method, name):
        taken.sendall(ANSWERS.get(name, ANSWERS["fine"]))

    def get_only(self, taken, method, name):
        taken.sendall(ANSWERS["fine"] if method == "GET" else ANSWERS["away"])

    def slow(self, taken, method, name):
        time.sleep(3)

    def drip(self, taken, method, name):
        """A byte now and then: each read gets something, and the headers never end."""
        for _ in range(200):
            taken.sendall(b"H")
            time.sleep(0.05)

    def drip_body(self, taken, method, name):
        if method == "HEAD":
            taken.sendall(ANSWERS["away"])
            return
        taken.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(200):
            taken.sendall(b"x")
            time.sleep(0.05)

    def continues(self, taken, method, name):
        for _ in range(2000):
            taken.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            time.sleep(0.005)

    def huge(self, taken, method, name):
        if method == "HEAD":
            taken.sendall(ANSWERS["away"])
            return
        taken.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(4000):
            self.sent += taken.send(b"x" * 65536)

    def reset(self, taken, method, name):
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


@contextmanager
def running(**where):
    server = Server(**where)
    try:
        yield server
    finally:
        server.listening.close()


@pytest.fixture
def server():
    with running() as started:
        yield started


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("fine", HttpResult(200)),
        ("gone", HttpResult(404)),
        ("away", HttpResult(503)),
        ("no-robots", HttpResult(403)),
        ("moved", HttpResult(200)),
        ("nowhere", HttpResult(302)),
        ("accents", HttpResult(200)),
        ("get-only", HttpResult(200)),
        ("loop", HttpResult(302, "It redirects more than 3 times.")),
        ("script", HttpResult(302, "Only http and https addresses are asked.")),
        ("file", HttpResult(302, "Only http and https addresses are asked.")),
        ("bracket", HttpResult(302, "It redirects to what is not an address.")),
        ("garbage", HttpResult(None, "The answer broke off or did not speak HTTP.")),
        ("empty", HttpResult(None, "The answer broke off or did not speak HTTP.")),
        ("reset", HttpResult(None, "The answer broke off or did not speak HTTP.")),
        ("headers", HttpResult(None, "The answer broke off or did not speak HTTP.")),
        ("longline", HttpResult(None, "The answer broke off or did not speak HTTP.")),
        ("huge-number", HttpResult(None, "The answer broke off or did not speak HTTP.")),
        ("slow", HttpResult(None, "The answer took longer than 0.6 seconds.")),
        ("drip", HttpResult(None, "The answer took longer than 0.6 seconds.")),
        ("continues", HttpResult(None, "The answer took longer than 0.6 seconds.")),
    ],
)
def test_what_a_server_says(server, name, expected):
    began = time.monotonic()

    assert ask(f"http://127.0.0.1:{server.port}/{name}", HERE) == expected
    assert time.monotonic() - began < 3


def test_a_body_that_never_ends_is_cut(server):
    began = time.monotonic()

    ask(f"http://127.0.0.1:{server.port}/drip-body", HERE)

    assert time.monotonic() - began < 2


def test_a_huge_body_is_read_to_its_cap(server):
    assert ask(f"http://127.0.0.1:{server.port}/huge", HERE) == HttpResult(200)
    time.sleep(0.3)
    assert server.sent < 12_000_000


def test_control_marks_in_a_redirect_reach_nobody(server):
    ask(f"http://127.0.0.1:{server.port}/split", HERE)

    lines = [line for asked in server.asked for line in asked.split("\r\n")]
    assert not any(line.startswith("Set-Cookie") for line in lines)
    assert all(mark not in asked for asked in server.asked for mark in "\x00\x07")


def test_it_says_who_asks_and_that_it_is_a_robot(server):
    ask(f"http://127.0.0.1:{server.port}/a b?q=ü#part", HERE)

    assert server.asked[0].startswith("HEAD /a%20b?q=%C3%BC HTTP/1.1\r\n")
    assert "User-Agent: AAPM-link-check/1.0 (bot;" in server.asked[0]
    assert f"Host: 127.0.0.1:{server.port}\r\n" in server.asked[0]


def test_it_speaks_to_the_new_addresses_too():
    with running(family=socket.AF_INET6, host="::1") as server:
        assert ask(f"http://[::1]:{server.port}/fine", HERE) == HttpResult(200)


def test_nobody_at_home():
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # and does not listen

        answer = ask(f"http://127.0.0.1:{bound.getsockname()[1]}/", HERE)

    assert answer == HttpResult(None, "Its host takes no connection.")


def test_altogether_it_takes_only_so_long(server):
    began = time.monotonic()

    answer = ask(f"http://127.0.0.1:{server.port}/slow", Limits(seconds=10, altogether=0.5, inside=True))

    assert answer.status is None
    assert time.monotonic() - began < 2


# --- ways inside ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001", "127.1", "0.0.0.0", "[::]"],
)
def test_this_machine_is_not_asked(server, host):
    """The port is allowed here, so that the address alone is what refuses."""
    answer = ask(f"http://{host}:{server.port}/fine", Limits(seconds=1, ports={server.port}))

    assert answer.status is None
    assert answer.problem in (
        "Its host lies in a private network.",
        "Its host has no address.",
        "This is not an address.",
    )
    assert server.asked == []


def test_a_redirect_does_not_lead_inside(server, monkeypatch):
    """The first step may pass; the second is looked at anew."""
    real, seen = safe_http.is_public, []

    def only_first(address):
        seen.append(address)
        return len(seen) <= 2 or real(address)

    monkeypatch.setattr(safe_http, "is_public", only_first)

    answer = ask(f"http://127.0.0.1:{server.port}/moved", Limits(seconds=1, ports={server.port}))

    assert answer == HttpResult(301, "Its host lies in a private network.")
    assert len(server.asked) == 1


def test_a_name_with_one_inner_address_is_not_asked(server, monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.5")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)

    assert ask("http://twofold.example/") == HttpResult(None, "Its host lies in a private network.")


def test_a_name_that_nobody_knows(monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    def away(*args, **kwargs):
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    gone = ask("https://gone.example/")
    monkeypatch.setattr(socket, "getaddrinfo", away)
    silent = ask("https://gone.example/")

    assert gone == HttpResult(None, "Its host has no address.", is_unknown=True)
    assert silent == HttpResult(None, "Its host has no address.", is_unknown=False)


def test_a_look_up_that_hangs_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: time.sleep(2) or [])
    began = time.monotonic()

    with pytest.raises(safe_http.NotAsked):
        addresses_of("hangs.example", 80, 0.2)

    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("ftp://a.example/", "Only http and https addresses are asked."),
        ("gopher://a.example/", "Only http and https addresses are asked."),
        ("http://a.example:22/", "Port 22 is not that of a public page."),
        ("http://a.example:0/", "Port 0 is not that of a public page."),
        ("http://a.example:99999/", "This is not an address."),
        ("http://user:secret@a.example/", "This is not the address of a public page."),
        ("http:///path", "This is not an address."),
        ("http://a..example/", "This is not an address."),
        ("http://a b.example/", "This is not an address."),
        ("http://a.example\r\nX: y/", "This is not an address."),
        ("http://[::1/", "This is not an address."),
        (f"http://{'a' * 70}.example/", "This is not an address."),
        ("", "Only http and https addresses are asked."),
    ],
)
def test_what_is_no_public_page_is_not_asked(url, problem, monkeypatch):
    looked_up = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: looked_up.append(args) or [])

    assert ask(url) == HttpResult(None, problem)
    assert looked_up == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("192.0.2.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("64:ff9b::5db8:d822", True),
        ("64:ff9b:1::5db8:d822", False),
        ("2002:a00:1::", False),
        ("2001:0:0:0:0:0:f5ff:fffe", False),
        ("not an address", False),
    ],
)
def test_which_addresses_are_public(address, public):
    assert is_public(address) is public
