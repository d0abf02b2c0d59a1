import pytest


@pytest.fixture
def templates(settings, tmp_path):
    """A directory of its own for message templates; call it with a name and what stands in the files."""
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
