"""A disk that is full, for one command and its children alone."""

import os
import subprocess
from functools import cache
from pathlib import Path

SMALL = 2 * 1024 * 1024
MOUNT = f'mount -t tmpfs -o size={SMALL},mode=0755 tmpfs "$0" && exec "$@"'
# What it looks like from inside, where nobody may mount one: no file grows, and the system counts nothing free.
NOTHING_FREE = f"""
import collections, shutil
Usage = collections.namedtuple("usage", "total used free")
shutil.disk_usage = lambda path: Usage({SMALL}, {SMALL}, 0)
"""


def full_disk(folder: Path, scratch: Path) -> tuple[str, ...]:
    """The words to put before a command so that it finds a small disk in `folder`, which is there.

    A small file system is mounted in a namespace of its own. Some systems forbid that to plain users; there the size of
    files is limited, and `scratch` gets a module that has Python count no free space.
    """
    if unshare := _namespace():
        return (*unshare, "sh", "-c", MOUNT, str(folder))
    (scratch / "sitecustomize.py").write_text(NOTHING_FREE)
    return ("prlimit", f"--fsize={SMALL}", "env", f"PYTHONPATH={scratch}")


@cache
def _namespace() -> tuple[str, ...]:
    """How to get a namespace for mounting; empty where it is forbidden."""
    command = ("unshare", "--mount", "--map-root-user") if os.geteuid() else ("unshare", "--mount")
    allowed = subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
    return command if allowed else ()
