"""A mail server with one mailbox that speaks as much of IMAP as reading it takes, over TLS on the loopback."""

import ipaddress
import re
import socketserver
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LOOPBACK = "127.0.0.1"


class Conversation(socketserver.StreamRequestHandler):
    """One connection; what a client says beside this is refused."""

    def handle(self) -> None:
        self.say("* OK ready")
        for line in self.rfile:
            tag, _, command = line.decode().strip().partition(" ")
            self.server.heard.append(command.split(" ", 1)[0])
            self.say(f"{tag} {self.answer(command)}")
            if command == "LOGOUT":
                return

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def answer(self, command: str) -> str:
        boxes = self.server
        if command == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif command.startswith("LOGIN"):
            return "OK in" if command == f'LOGIN {boxes.user} "{boxes.password}"' else "NO [AUTHENTICATIONFAILED] no"
        elif command.startswith("SELECT"):
            self.say(f"* {len(boxes.messages)} EXISTS")
        elif command == "UID SEARCH UNSEEN":
            unread = (str(number) for number in boxes.messages if number not in boxes.seen)
            self.say(f"* SEARCH {' '.join(unread)}")
        elif found := re.fullmatch(r"UID FETCH (\d+) \(RFC822\.SIZE\)", command):
            self.say(f"* {found[1]} FETCH (UID {found[1]} RFC822.SIZE {len(boxes.messages[int(found[1])])})")
        elif found := re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]\)", command):
            raw = boxes.messages[int(found[1])]
            self.wfile.write(f"* {found[1]} FETCH (UID {found[1]} BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")
        elif found := re.fullmatch(r"UID STORE (\d+) \+FLAGS\.SILENT \(\\Seen\)", command):
            boxes.seen.add(int(found[1]))
        elif command == "LOGOUT":
            self.say("* BYE")
        else:
            return "BAD what?"
        return "OK done"


class ImapServer(socketserver.ThreadingTCPServer):
    """Its certificate is its own; `messages` by number, `seen` those that were marked as read."""

    daemon_threads = True
    user, password = "reports", "kept secret"

    def __init__(self, folder: Path, messages: list[bytes]) -> None:
        self.messages, self.seen, self.heard = dict(enumerate(messages, 1)), set(), []
        self.certificate = folder / "server.pem"
        self.certificate.write_bytes(_own_certificate())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        super().__init__((LOOPBACK, 0), Conversation)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not trust the certificate hangs up."""


def _own_certificate() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(LOOPBACK))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain
    ) + certificate.public_bytes(serialization.Encoding.PEM)
