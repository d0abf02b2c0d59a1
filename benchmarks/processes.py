"""What processes have used, as the kernel counts it: the time of a server with all its children, and their memory."""

import os
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


def _fields(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat from the third on: the name before them may hold anything."""
    return (PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(") ")[2].split()


def parent_of(pid: int) -> int:
    return int(_fields(pid)[1])


def children_of(pid: int) -> list[int]:
    """The living processes that this one has started itself."""
    found = []
    for folder in PROC.iterdir():
        try:
            if folder.name.isdigit() and parent_of(int(folder.name)) == pid:
                found.append(int(folder.name))
        except OSError:  # it has ended meanwhile
            continue
    return found


def cpu_seconds(pid: int) -> float:
    """The processor's time of a process and its children, those that have ended included."""
    total = 0
    for one in (pid, *children_of(pid)):
        try:
            total += sum(map(int, _fields(one)[11:15]))
        except OSError:  # it has ended meanwhile: its parent has its time
            continue
    return total / TICKS


def memory_mb(pid: int) -> float:
    """The resident memory of a process, in MB of 1,000,000 bytes."""
    status = (PROC / str(pid) / "status").read_text(encoding="utf-8")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(kilobytes) * 1024 / 1e6


def peak_mb() -> float:
    """The most resident memory that this process ever had since it began its program, in MB of 1,000,000 bytes."""
    status = (PROC / "self" / "status").read_text(encoding="utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))) * 1024 / 1e6
