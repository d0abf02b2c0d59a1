"""`manage.py serve`: everything the site needs to run, from an empty database to pages in the browser."""

import errno
import http.client
import os
import signal
import socket
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from psycopg.errors import DiskFull

from aapm_site.core import demo
from aapm_site.core.retention import write_missing_rows
from aapm_site.core.runtime import embedded, preparation
from aapm_site.core.runtime.supervisor import Child, Supervisor

FULL = (errno.ENOSPC, errno.EDQUOT)
WORKER_TEMP = "/dev/shm"  # noqa: S108  -- where gunicorn's heartbeat files never wait for a disk
WORKER_SECONDS = 20.0
GUARD_SECONDS = 1.0
GUARD_PATIENCE = 5.0  # how long Ctrl-C may have to wait for us


class Command(BaseCommand):
    help = "Prepare the database and the static files, then serve the site with its worker until told to stop."
    requires_system_checks = ()  # they are part of `make check`; a start is to be quick

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-web", action="store_true", help="only the background worker")
        parser.add_argument("--no-worker", action="store_true", help="only the web server")
        parser.add_argument("--only-static", action="store_true", help="collect the static files and end")
        parser.add_argument("--wait", type=float, default=30, help="seconds to wait for the database (30)")
        parser.add_argument(
            "--stop-with-parent", action="store_true", help="also stop when the starting process ends, however it does"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["only_static"]:
            preparation.collect_static(self._say)
        else:
            self._serve(options)

    def _serve(self, options: dict[str, Any]) -> None:
        if options["stop_with_parent"]:
            embedded.ask_to_stop_with(os.getppid(), signal.SIGTERM)
        self.next_guard_check = 0.0
        listener = None if options["no_web"] else self._listen()
        self._prepare(options["wait"], static=listener is not None)
        connection.close()
        children = [] if options["no_worker"] else [self._worker()]
        if listener is not None:
            children.insert(0, self._web(listener))
        self.is_announced = listener is None
        Supervisor(children, self._say, self._each_tick).run()

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _listen(self) -> socket.socket:
        """Take the port before anything else: a port in use is told at once, and no request is refused meanwhile."""
        address = (settings.BIND, settings.PORT)
        try:
            return socket.create_server(
                address, family=socket.AF_INET6 if ":" in settings.BIND else socket.AF_INET, backlog=2048
            )
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    f"Port {settings.PORT} is in use by another program; choose another, for example PORT=8001."
                ) from None
            raise CommandError(
                f"BIND={settings.BIND} with PORT={settings.PORT} cannot be listened on: {error.strerror}."
            ) from None

    def _prepare(self, wait: float, *, static: bool) -> None:
        try:
            preparation.wait_for_database(wait, self._say)
            with preparation.migration_lock():
                preparation.migrate(self._say)
                write_missing_rows()
                preparation.load_gazetteer(self._say)
                preparation.load_demo(self._say)
            preparation.check_files(self._say)
            if static:
                preparation.collect_static(self._say)
        except preparation.NotPrepared as reason:
            raise CommandError(str(reason)) from None
        except OSError as error:
            if error.errno not in FULL:
                raise
            raise CommandError(f"The disk is full: there is no room to write {error.filename}.") from None
        except DatabaseError as error:
            if not isinstance(error.__cause__, DiskFull):
                raise
            raise CommandError("The disk of the database is full: make room and start again.") from None

    def _web(self, listener: socket.socket) -> Child:
        """Gunicorn on our own socket, which stays open while it is started again."""
        temp = ["--worker-tmp-dir", WORKER_TEMP] if os.access(WORKER_TEMP, os.W_OK) else []
        command = [
            *(sys.executable, "-m", "gunicorn", "aapm_site.wsgi:application"),
            *("--bind", f"fd://{listener.fileno()}", "--no-control-socket"),
            *("--worker-class", "gthread", "--workers", str(settings.WEB_WORKERS)),
            *("--threads", str(settings.WEB_THREADS), "--graceful-timeout", "20", "--timeout", "60"),
            *("--log-level", settings.LOG_LEVEL.lower(), "--chdir", str(settings.BASE_DIR), *temp),
            *("--logger-class", "aapm_site.core.runtime.web_log.WebLogger"),
        ]
        pool = settings.DB_POOL or settings.WEB_THREADS + 1
        return Child("web server", command, {"DB_POOL": str(pool)}, (listener.fileno(),))

    def _worker(self) -> Child:
        """Started once the pages are there, so that the two do not wait for each other's imports."""
        latest = time.monotonic() + WORKER_SECONDS
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "procrastinate", "worker"]
        return Child("worker", command, may_start=lambda: self.is_announced or time.monotonic() > latest)

    def _each_tick(self) -> None:
        if settings.EMBEDDED and time.monotonic() > self.next_guard_check:
            self._keep_the_database()
            self.next_guard_check = time.monotonic() + GUARD_SECONDS
        if not self.is_announced and self._is_answering():
            self.is_announced = True
            self._announce()

    def _keep_the_database(self) -> None:
        home = settings.VAR_DIR / "pg"
        if not embedded.is_guarded(home):
            self._say("The database was gone; it starts again.")
            try:
                embedded.database_url(home, patience=GUARD_PATIENCE)
            except embedded.CannotStart as reason:
                self._say(str(reason))

    def _is_answering(self) -> bool:
        host = "localhost" if settings.BIND in {"0.0.0.0", "::"} else settings.BIND  # noqa: S104
        asked = http.client.HTTPConnection(host, settings.PORT, timeout=1)
        try:
            asked.request("GET", "/livez")
            return asked.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asked.close()

    def _announce(self) -> None:
        self._say(f"\nThe site is at {settings.SITE_ORIGIN}   (Ctrl-C stops it)")
        if settings.DEMO:
            width = max(len(one.kind) for one in demo.SIGN_INS) + 2
            self._say("\nSign in with any of these, all with the password " + demo.PASSWORD)
            for one in demo.SIGN_INS:
                self._say(f"  {one.kind:<{width}}{one.email}")
            mail = Path(os.path.relpath(settings.EMAIL_FILE_PATH))
            self._say(f"\nStaff work at {settings.SITE_ORIGIN}/admin/; mail that is sent lands in {mail}/\n")
