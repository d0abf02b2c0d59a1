import pytest
from django.contrib.contenttypes.models import ContentType

from aapm_site.mail.registry import AddressProof, MailKind, address_proofs, mail_kinds

KINDS = (
    MailKind("t", "Tests", "mail.view_outgoingemail"),
    MailKind("news", "News", "mail.view_subscription"),
    MailKind("other", "Other news", "mail.view_subscription"),
)


def known(address: str):
    """Some rows for every reader but strangers."""
    return ContentType.objects.filter(model="" if "stranger" in address.casefold() else "user")


KNOWN = AddressProof("tests", known)


def open_a_room(monkeypatch) -> None:
    """Kinds of mail for these tests, of a room that knows every reader but strangers."""
    for kind in KINDS:
        monkeypatch.setitem(mail_kinds._items, kind.name, kind)
    monkeypatch.setitem(address_proofs._items, KNOWN.name, KNOWN)


@pytest.fixture(autouse=True)
def _room(monkeypatch):
    open_a_room(monkeypatch)


@pytest.fixture
def templates(settings, tmp_path, monkeypatch):
    """A directory of its own for message templates; call it with a name and what stands in the files."""
    open_a_room(monkeypatch)
    place = tmp_path / "templates"

    def write(name: str, subject: str = "A subject", text: str = "A text", html: str | None = None) -> str:
        base = place / "emails" / name
        base.parent.mkdir(parents=True, exist_ok=True)
        base.with_name(f"{base.name}.subject.txt").write_text(subject)
        base.with_name(f"{base.name}.txt").write_text(text)
        if html is not None:
            base.with_name(f"{base.name}.html").write_text(html)
        return name

    engine = {**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], place]}
    engine["OPTIONS"] = {**engine["OPTIONS"], "loaders": LOADERS}
    engine["APP_DIRS"] = False
    settings.TEMPLATES = [engine]
    return write


LOADERS = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
