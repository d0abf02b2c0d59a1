"""Static files: our style sheets are written in small files and served as one.

A bundle is a sheet that holds nothing but `@import "part.css";` lines, in the order that decides. The finder offers
the joined sheet under the bundle's name and hides the parts, so `collectstatic`, the development server and the test
suite all serve the same bytes. The storage behind it gives each file a name by its content and a compressed twin.
"""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLES = ("css/site.css", "css/admin.css")
IMPORT = re.compile(r'@import\s+"([^"]+)"\s*;')
TOKEN = re.compile(r'("(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\')|/\*.*?\*/', re.DOTALL)


def squeeze(css: str) -> str:
    """Leave out comments, indentation and empty lines; strings stay as they are."""
    without = TOKEN.sub(lambda found: found.group(1) or "", css)
    return "\n".join(line.strip() for line in without.splitlines() if line.strip()) + "\n"


def join(bundle: Path) -> str:
    """The sheet with each import replaced by the part it names. ImproperlyConfigured when a part is missing or a
    bundle holds rules of its own, which would silently change the order."""
    source = bundle.read_text(encoding="utf-8")
    rest = IMPORT.sub("", TOKEN.sub(lambda found: found.group(1) or "", source))
    if rest.strip():
        raise ImproperlyConfigured(f"{bundle.name} may hold imports only, but holds: {rest.strip()[:80]}")
    parts = [bundle.parent / name for name in IMPORT.findall(source)]
    missing = [part.name for part in parts if not part.is_file()]
    if missing:
        raise ImproperlyConfigured(f"{bundle.name} imports what does not exist: {', '.join(missing)}")
    return "".join(squeeze(part.read_text(encoding="utf-8")) for part in parts)


def write_if_changed(path: Path, text: str) -> None:
    """Write whole or not at all, so that processes which start together never read half a sheet."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".css")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).chmod(0o644)
    Path(name).replace(path)


class BundleFinder(FileSystemFinder):
    """Django's finder of STATICFILES_DIRS, with each bundle joined and its parts left out."""

    def __init__(self, app_names: list[str] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(app_names, *args, **kwargs)
        self.joined = FileSystemStorage(location=Path(settings.VAR_DIR) / "joined")

    def _bundle(self, path: str) -> Path | None:
        """The source of a bundle, if `path` names one and it exists."""
        if path not in BUNDLES:
            return None
        sources = (Path(root) / path for _, root in self.locations)
        return next((source for source in sources if source.is_file()), None)

    def _is_part(self, path: str) -> bool:
        return any(path.startswith(bundle.removesuffix(".css") + "/") for bundle in BUNDLES)

    def _joined(self, path: str, bundle: Path) -> str:
        written = self.joined.path(path)
        write_if_changed(Path(written), join(bundle))
        return written

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        bundle = self._bundle(path)
        if bundle:
            written = self._joined(path, bundle)
            return [written] if find_all else written
        if self._is_part(path):
            return []
        return super().find(path, find_all=find_all, **kwargs)  # type: ignore[call-overload]  # either call

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        for path, storage in super().list(ignore_patterns):
            bundle = self._bundle(path)
            if bundle:
                self._joined(path, bundle)
                yield path, self.joined
            elif not self._is_part(path):
                yield path, storage


class SiteStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names by content for everything, imports between our ES modules included; compressed by whitenoise.

    The manifest is read once a process, so each address is made once.
    """

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        if settings.DEBUG or force:
            return super().url(name, force)
        if name not in self.addresses:
            self.addresses[name] = super().url(name)
        return self.addresses[name]
