"""A request's charset is what the site says: some that Python knows decode no text."""

from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIRequest

from aapm_site.core.http.charset import as_utf8

FORM = b"login=Ren%C3%A9"
PARTS = '--x\r\nContent-Disposition: form-data; name="login"\r\n\r\nRené\r\n--x--\r\n'.encode()


def received(content_type: str, body: bytes) -> WSGIRequest:
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/accounts/login/",
        "QUERY_STRING": "next=/caf%C3%A9/",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
    }
    return as_utf8(lambda environ, start_response: WSGIRequest(environ))(environ, None)


@pytest.mark.parametrize(
    "charset",
    [
        "", "; charset=utf-8", "; charset=rot13", ";charset=base64", "; Charset = zlib", "; charset=idna",
        "; charset=utf-16", "; charset=latin-1", "; charset=no-such", "; charset*=utf-8''rot13", '; charset="rot13"',
        "; charset=rot13; charset=hex", ";charset",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("content_type", "body"),
    [("application/x-www-form-urlencoded{}", FORM), ("multipart/form-data{}; boundary=x", PARTS)],
)
def test_what_is_sent_is_read_as_utf_8(content_type, body, charset):
    request = received(content_type.format(charset), body)
    assert (request.GET["next"], request.POST["login"]) == ("/café/", "René")


def test_without_the_filter_a_request_fails():
    with pytest.raises(LookupError):
        WSGIRequest({
            "REQUEST_METHOD": "GET", "QUERY_STRING": "next=/caf%C3%A9/", "wsgi.input": BytesIO(),
            "CONTENT_TYPE": "text/plain; charset=rot13",
        })  # fmt: skip
