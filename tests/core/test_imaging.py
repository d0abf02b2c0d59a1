"""Pictures are made anew from their pixels, and what is none is refused in words."""

import io
import struct
import time
import zlib

import pytest
from PIL import Image, ImageCms

from aapm_site.core.files import imaging
from tests.content.pictures import picture_bytes

WIDTHS = (480, 960, 1600)


def opened(made):
    return Image.open(io.BytesIO(made.content))


def photographed(orientation: int = 1) -> bytes:
    """A photograph that knows where it was taken, with what, and what somebody thought of it."""
    exif = Image.Exif()
    exif[0x010F] = "CANARYCAM"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (45.0, 46.0, 47.0), 3: "W", 4: (92.0, 6.0, 0.0)})
    return picture_bytes(
        (600, 300), exif=exif, comment=b"CANARYCOMMENT", xmp=b"<x:xmpmeta>CANARYXMP</x:xmpmeta>", quality=95
    )


def test_each_width_that_it_reaches_and_its_own_and_one_for_every_program():
    made = imaging.make(picture_bytes((2000, 1000)), "photo.JPG", WIDTHS)

    assert [(one.width, one.height, one.ending) for one in made] == [
        (480, 240, "webp"), (960, 480, "webp"), (1600, 800, "webp"), (1600, 800, "jpg"),
    ]  # fmt: skip
    for one in made:
        with opened(one) as read:
            assert (read.size, read.format) == ((one.width, one.height), {"webp": "WEBP", "jpg": "JPEG"}[one.ending])


def test_a_small_picture_is_not_blown_up():
    made = imaging.make(picture_bytes((300, 200)), "photo.jpg", WIDTHS)

    assert [(one.width, one.ending) for one in made] == [(300, "webp"), (300, "jpg")]


def test_transparency_is_kept_and_idle_transparency_is_not():
    half = Image.new("RGBA", (40, 40), (10, 20, 30, 128))
    full = Image.new("RGBA", (40, 40), (10, 20, 30, 255))
    files = []
    for source in (half, full):
        file = io.BytesIO()
        source.save(file, "PNG")
        files.append(file.getvalue())

    assert [one.ending for one in imaging.make(files[0], "a.png", WIDTHS)] == ["webp", "png"]
    assert [one.ending for one in imaging.make(files[1], "b.png", WIDTHS)] == ["webp", "jpg"]
    with opened(imaging.make(files[0], "a.png", WIDTHS)[1]) as read:
        assert read.getpixel((5, 5)) == (10, 20, 30, 128)


def test_place_camera_and_comments_are_gone():
    source = photographed()
    assert all(word in source for word in (b"CANARYCAM", b"CANARYCOMMENT", b"CANARYXMP"))

    for one in imaging.make(source, "photo.jpg", WIDTHS):
        assert b"CANARY" not in one.content
        assert b"Exif" not in one.content
        assert b"EXIF" not in one.content
        with opened(one) as read:
            assert dict(read.getexif()) == {}
            assert not {"exif", "xmp", "comment", "icc_profile"} & set(read.info)


def test_a_photograph_taken_sideways_stands_upright():
    made = imaging.make(photographed(orientation=6), "photo.jpg", WIDTHS)

    assert {(one.width, one.height) for one in made} == {(300, 600)}


def test_the_colors_of_a_profile_become_those_of_the_web():
    """A profile in which the channels stand the other way round: pure red there is not pure red here."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    with pytest.raises(ImageCms.PyCMSError):  # a profile that does not fit is left out, not an error
        ImageCms.profileToProfile(Image.new("RGB", (2, 2)), profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    source = picture_bytes((50, 50), icc_profile=profile.tobytes())

    assert [one.width for one in imaging.make(source, "photo.jpg", WIDTHS)] == [50, 50]


@pytest.mark.parametrize(("kind", "mode", "ending"), [
    ("PNG", "L", "png"), ("PNG", "LA", "png"), ("PNG", "P", "png"), ("PNG", "1", "png"), ("PNG", "I;16", "png"),
    ("JPEG", "CMYK", "jpg"), ("JPEG", "L", "jpeg"), ("GIF", "P", "gif"), ("WEBP", "RGBA", "webp"),
])  # fmt: skip
def test_every_kind_of_pixel_is_understood(kind, mode, ending):
    source = io.BytesIO()
    slope = Image.linear_gradient("L").resize((64, 64))
    if mode == "I;16":
        slope = slope.convert("I").point(lambda level: level * 257).convert("I;16")
    (slope if mode == "I;16" else slope.convert(mode)).save(source, kind)

    made = imaging.make(source.getvalue(), f"a.{ending}", WIDTHS)

    with opened(made[-1]) as read:
        dark, light = read.convert("L").getpixel((32, 2)), read.convert("L").getpixel((32, 61))
    assert (dark < 40, light > 215) == (True, True)


@pytest.mark.parametrize(
    ("mode", "scale"), [("I;16", 257), ("I;16", 16), ("I", 1), ("F", 1 / 255)]
)  # fmt: skip
def test_a_delivered_tiff_shows_its_first_page_however_many_bits_it_has(mode, scale):
    source, slope = io.BytesIO(), Image.linear_gradient("L").resize((64, 64))
    deep = slope.convert("F" if mode == "F" else "I").point(lambda level: level * scale + 0)
    (deep.convert(mode)).save(source, "TIFF", save_all=True, append_images=[Image.new("L", (9, 9))])

    with opened(imaging.make_one(source.getvalue(), "a.tif", 60)) as read:
        dark, light = read.convert("L").getpixel((30, 2)), read.convert("L").getpixel((30, 57))
    assert (read.size, dark < 40, light > 215) == ((60, 60), True, True)


def bomb(width: int, height: int) -> bytes:
    """A PNG of few bytes that says it has this many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


def moving() -> bytes:
    file = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()


@pytest.mark.parametrize(("content", "name", "words"), [
    (bomb(8_000, 8_000), "a.png", "more than 50 million pixels"),
    (bomb(30_000, 30_000), "a.png", "more than 50 million pixels"),
    (bomb(100_000, 100_000), "a.png", "more than 50 million pixels"),
    (b"x" * (imaging.LARGEST + 1), "a.jpg", "larger than 20 MB"),
    (b"", "a.jpg", "This file is empty."),
    (moving(), "a.gif", "This picture moves."),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a.svg", "SVG files can hold code"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "not a picture that can be read"),
    (b"<html><script>alert(1)</script>", "a.jpg", "not a picture that can be read"),
    (picture_bytes(), "a.php", "Pictures are JPEG, PNG, WebP or GIF files."),
    (picture_bytes(), "photo", "Pictures are JPEG, PNG, WebP or GIF files."),
    (picture_bytes(), "a.heic", "export the photograph as JPEG"),
    (picture_bytes((400, 400), quality=95)[:2_000], "a.jpg", "it is damaged"),
    (picture_bytes((400, 400), "PNG")[:400], "a.png", "it is damaged"),
    (picture_bytes((30, 30), "BMP"), "a.png", "not a picture that can be read"),
    (picture_bytes((30, 30), "TIFF"), "a.jpg", "not a picture that can be read"),
    (b"%PDF-1.7\n", "a.jpg", "not a picture that can be read"),
])  # fmt: skip
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_is_no_still_picture_is_refused_in_words(content, name, words):
    with pytest.raises(imaging.PictureRefused) as refused:
        imaging.make(content, name, WIDTHS)

    assert words in str(refused.value)


def test_a_strip_that_no_form_could_hold_is_made_smaller():
    made = imaging.make(picture_bytes((100, 20_000), "PNG"), "a.png", WIDTHS)

    assert {one.height for one in made} == {imaging.TALLEST}


def test_bytes_after_the_picture_do_not_come_along():
    made = imaging.make(picture_bytes() + b"<script>alert(1)</script>", "a.jpg", WIDTHS)

    assert all(b"script" not in one.content for one in made)


@pytest.mark.parametrize("size", [(1, 30_001), (30_001, 1), (1, 1_600_000)])
def test_a_strip_is_refused_before_it_is_unpacked(size):
    strip = io.BytesIO()
    Image.new("1", size).save(strip, "PNG")
    with pytest.raises(imaging.PictureRefused, match="longer than 30,000 pixels"):
        imaging.make(strip.getvalue(), "strip.png", WIDTHS)


def test_frames_of_a_moving_picture_are_not_counted():
    """A file of a few megabytes may hold hundreds of thousands."""
    frame = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    began = time.process_time()
    with pytest.raises(imaging.PictureRefused, match="moves"):
        imaging.make(head + frame * 400_000 + b";", "a.gif", [480])
    assert time.process_time() - began < 0.8
