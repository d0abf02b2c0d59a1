"""Whether a PDF that somebody uploads is nothing but pages."""

import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

from .upload_checks import FileRefused

START, END = b"%PDF-", b"%%EOF"
SECONDS = 30  # on the clock; a busy machine gives a process little of its time
PROGRAM = Path(__file__).with_name("pdf_parts.py")
HTML = (b"<html", b"<script", b"<!doctype", b"<svg", b"<?php")
SAVE_AGAIN = "Please open it, print it to a new PDF and choose that one."
WORDS = {
    "script": f"This PDF holds a script (JavaScript), which a CV does not need. {SAVE_AGAIN}",
    "launch": f"This PDF starts other files when it is opened. {SAVE_AGAIN}",
    "attachment": f"Other files are attached inside this PDF. {SAVE_AGAIN}",
    "form": f"This PDF is a form that can be filled in. {SAVE_AGAIN}",
    "media": f"This PDF holds sound, film or a model in three dimensions. {SAVE_AGAIN}",
    "password": "This PDF is protected by a password. Please save it without one and choose it again.",
    "damaged": f"This PDF is damaged, so that it cannot be read to its end. {SAVE_AGAIN}",
}


def check_pdf(content: bytes) -> None:
    """Raises FileRefused, with what to do next, unless these are the pages of a PDF and nothing besides."""
    if not content.startswith(START):
        raise FileRefused("The content of this file is not that of a PDF. Please save it as PDF again.")
    if END not in content:
        raise FileRefused(WORDS["damaged"])
    if _is_something_else_too(content):
        raise FileRefused(f"This file is a PDF and something else at the same time. {SAVE_AGAIN}")
    for what in _found(content):
        raise FileRefused(WORDS[what])


def _is_something_else_too(content: bytes) -> bool:
    """Whether another program would read an archive or a page of the web in it."""
    head, tail = content[:1024].lower(), content[content.rfind(END) + len(END) :]
    return any(mark in head for mark in HTML) or bool(tail.strip(b"\0 \t\r\n")) or zipfile.is_zipfile(BytesIO(content))


def _found(content: bytes) -> list[str]:
    """What the program found; a file that takes its memory or its time away is as good as damaged."""
    command = [sys.executable, "-I", str(PROGRAM)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, env={}, timeout=SECONDS, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return ["damaged"]
    return json.loads(done.stdout)
