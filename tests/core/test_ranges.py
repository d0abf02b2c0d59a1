"""Parts of private files: what is answered by 200, 206 and 416, and that a large file costs no memory."""

import tracemalloc

import pytest
from django.core.files.base import ContentFile
from django.test import RequestFactory

from aapm_site.core.files import private
from aapm_site.core.files.ranges import ByteRange, OutOfRange, read_range

CONTENT = bytes(range(100))


@pytest.fixture
def stored():
    return private.storage().save("a/paper.pdf", ContentFile(CONTENT))


def ask(name: str, method: str = "get", **headers: str):
    request = getattr(RequestFactory(), method)("/", headers=headers)
    file = private.storage().open(name)
    response = private.serve(file, filename="paper.pdf", content_type="application/pdf", inline=True, request=request)
    sent = b"".join(response.streaming_content) if response.streaming else response.content
    file.close()
    return response, sent


@pytest.mark.parametrize(
    ("asked", "part", "content"),
    [
        ("bytes=0-9", "bytes 0-9/100", CONTENT[:10]),
        ("bytes=90-", "bytes 90-99/100", CONTENT[90:]),
        ("bytes=-5", "bytes 95-99/100", CONTENT[95:]),
        ("bytes=-500", "bytes 0-99/100", CONTENT),
        ("bytes=0-" + "9" * 50, "bytes 0-99/100", CONTENT),
        ("bytes=50-5000", "bytes 50-99/100", CONTENT[50:]),
        ("BYTES = 99 - 99", "bytes 99-99/100", CONTENT[99:]),
    ],
    ids=["first", "rest", "end", "more-than-all", "huge", "beyond", "spaces"],
)
def test_a_part(stored, asked, part, content):
    response, sent = ask(stored, Range=asked)

    assert (response.status_code, response["Content-Range"], sent) == (206, part, content)
    assert response["Content-Length"] == str(len(content))
    assert response["Accept-Ranges"] == "bytes"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == 'inline; filename="paper.pdf"'


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=-0", "bytes=999999999999-", f"bytes={'9' * 50}-"])
def test_nothing_lies_there(stored, asked):
    response, sent = ask(stored, Range=asked)

    assert (response.status_code, response["Content-Range"], sent) == (416, "bytes */100", b"")
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "asked", ["bytes=9-5", "bytes=-", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b", "bytes=" + "9" * 50]
)
def test_the_whole_file_where_no_single_range_is_asked_for(stored, asked):
    response, sent = ask(stored, Range=asked)

    assert (response.status_code, sent, response["Content-Length"]) == (200, CONTENT, "100")
    assert not response.has_header("Content-Range")


def test_a_reader_resumes_the_file_that_they_began_and_no_other(stored):
    etag = ask(stored)[0]["ETag"]

    assert ask(stored, **{"Range": "bytes=10-", "If-Range": etag})[0].status_code == 206
    for other in ('"another"', f"W/{etag}", "Sat, 28 Nov 2026 00:00:00 GMT"):
        response, sent = ask(stored, **{"Range": "bytes=10-", "If-Range": other})
        assert (response.status_code, sent) == (200, CONTENT)
    assert ask(stored, "head", Range="bytes=10-")[0].status_code == 200


def test_fifty_megabytes_cost_less_than_five():
    name = private.storage().save("a/large.pdf", ContentFile(b"\0" * 50_000_000))
    for headers in ({}, {"Range": "bytes=1-"}):
        file = private.storage().open(name)
        request = RequestFactory().get("/", headers=headers)
        tracemalloc.start()
        response = private.serve(file, filename="l.pdf", content_type="application/pdf", request=request)
        sent = sum(len(piece) for piece in response.streaming_content)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        file.close()
        assert sent == 50_000_000 - len(headers)
        assert peak < 5_000_000


def test_ranges_of_nothing():
    assert read_range("bytes=0-0", 1) == ByteRange(0, 0, 1)
    with pytest.raises(OutOfRange):
        read_range("bytes=0-", 0)
    with pytest.raises(OutOfRange):
        read_range("bytes=-1", 0)
