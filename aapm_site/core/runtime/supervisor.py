"""Looking after the site's processes: each in a session of its own, started again when it ends, stopped together.

Nothing is left behind however the supervisor goes: Ctrl-C and SIGTERM are forwarded once (the worker takes a second
one for "at once" and would leave its job half done), and when the supervisor is killed the kernel tells its children.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from aapm_site.core.runtime.embedded import stop_with_parent

LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60
STOP_SECONDS = 45  # the web server gives requests 20, the worker finishes the jobs it has begun
TICK = 0.2

Say = Callable[[str], None]


@dataclass
class Child:
    """One process to keep running: its name for messages, its command, what it needs beyond our environment.

    It is started for the first time as soon as `may_start` says so.
    """

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    descriptors: tuple[int, ...] = ()
    may_start: Callable[[], bool] = lambda: True
    process: subprocess.Popen | None = None
    started: float = 0.0
    pause: float = 0.0
    due: float = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=os.environ | self.environment,
            pass_fds=self.descriptors,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=stop_with_parent(signal.SIGTERM),  # noqa: PLW1509  -- the supervisor has one thread only
        )

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def plan_restart(self) -> None:
        """Wait longer each time, up to half a minute, unless it had run steadily."""
        steady = time.monotonic() - self.started > STEADY_SECONDS
        self.pause = 1.0 if steady or not self.pause else min(2 * self.pause, LONGEST_PAUSE)
        self.due = time.monotonic() + self.pause


class Supervisor:
    """Runs children until it is told to stop. `each_tick` is called several times a second between looks."""

    def __init__(self, children: Sequence[Child], say: Say, each_tick: Callable[[], None] = lambda: None):
        self.children = children
        self.say = say
        self.each_tick = each_tick
        self.told_to_stop = False

    def run(self) -> None:
        """Return after SIGINT, SIGTERM or SIGHUP, when every child has ended."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_soon)
        try:
            while not self.told_to_stop:
                self._look_after()
                self.each_tick()
                time.sleep(TICK)
        finally:
            self._stop_all()

    def _stop_soon(self, *_: object) -> None:
        self.told_to_stop = True

    def _look_after(self) -> None:
        for child in self.children:
            if child.is_running:
                continue
            if child.process is None:
                if child.may_start():
                    child.start()
            elif not child.due:
                child.plan_restart()
                self.say(
                    f"The {child.name} ended (code {child.process.returncode}); it starts again in {child.pause:g} s."
                )
            elif time.monotonic() >= child.due:
                child.due = 0.0
                child.start()

    def _stop_all(self) -> None:
        running = [(child.name, child.process) for child in self.children if child.process and child.is_running]
        for _, process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for name, process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"The {name} did not stop in {STOP_SECONDS} s and is ended; its work is taken up again.")
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
