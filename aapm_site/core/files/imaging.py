"""Pictures that people upload, made anew from their pixels: nothing of the file that came in is kept.

The decoder sees only files of a known kind and a bearable size. Orientation is applied, colors become sRGB, and place,
camera, comments and every other note are gone, because the new files are written from bare pixels.
"""

import io
import struct
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..first_use import on_first_use

if TYPE_CHECKING:
    from PIL import Image, ImageCms, ImageOps
else:
    Image, ImageCms, ImageOps = map(on_first_use, ("PIL.Image", "PIL.ImageCms", "PIL.ImageOps"))

LARGEST = 20 * 1024 * 1024  # bytes of the file that comes in
LARGEST_DELIVERED = 100 * 1024 * 1024  # a TIFF for print is not packed; its pixels are no more than any other's may be
MOST_PIXELS = 50_000_000  # what it may unpack to; a telephone's largest photograph has 48 million
LONGEST_SIDE = 30_000  # pixels; a strip of 1 × 49,000,000 would be unpacked a row at a time
RANGES = (1, 255, 4_095, 65_535)  # numbers from 0 to 1, and 8, 12 and 16 bits
TALLEST = 4_800  # pixels of the file that goes out
ENDINGS = ("jpg", "jpeg", "png", "webp", "gif")
DECODERS = ("JPEG", "PNG", "WEBP", "GIF")
NOTHING_MORE: Mapping[str, str] = {}
QUALITY = 80
BROKEN = "This file is not a picture that can be read, or it is damaged. Please save it again as JPEG or PNG."
# What decoders raise at hostile or damaged bytes.
DECODING = (
    OSError, SyntaxError, ValueError, TypeError, EOFError, LookupError, ArithmeticError, MemoryError, struct.error,
    zlib.error,
)  # fmt: skip


class PictureRefused(ValueError):
    """Why a file is not taken, in a sentence for the person."""


@dataclass(frozen=True)
class MadePicture:
    """One file made from a picture."""

    width: int
    height: int
    ending: str
    content: bytes


def make(content: bytes, name: str, widths: Iterable[int]) -> list[MadePicture]:
    """WebP files in each of the widths that the picture reaches and in its own, narrowest first, then the widest as
    JPEG, or as PNG where it has transparent parts. Raises Refused, with a sentence."""
    picture = _pixels(content, name, max(widths))
    steps = [step for step in sorted(widths) if step < picture.width]
    sizes = {step: picture.resize((step, max(1, round(picture.height * step / picture.width)))) for step in steps}
    sizes[picture.width] = picture
    made = [_written(sized, "WEBP", "webp", quality=QUALITY, method=4) for sized in sizes.values()]
    if picture.mode == "RGBA":
        return [*made, _written(picture, "PNG", "png", optimize=True)]
    return [*made, _written(picture, "JPEG", "jpg", quality=QUALITY + 2, optimize=True, progressive=True)]


def make_one(content: bytes, name: str, widest: int) -> MadePicture:
    """One WebP file, no wider than that: of a figure, which publishers deliver as TIFF too. Raises PictureRefused."""
    picture = _pixels(content, name, widest, more={"tif": "TIFF", "tiff": "TIFF"})
    return _written(picture, "WEBP", "webp", quality=QUALITY + 10, method=4)


def _pixels(content: bytes, name: str, widest: int, *, more: Mapping[str, str] = NOTHING_MORE) -> "Image.Image":
    """The picture upright, in sRGB, no larger than it is shown, without anything but its pixels.

    `more` are further endings and their decoders.
    """
    _check_outside(content, name, (*ENDINGS, *more), LARGEST_DELIVERED if more else LARGEST)
    try:
        with Image.open(io.BytesIO(content), formats=(*DECODERS, *more.values())) as opened:
            _check_inside(opened)
            opened.draft("RGB", (widest * 2, TALLEST * 2))  # a large JPEG is unpacked smaller at once
            upright = ImageOps.exif_transpose(_in_srgb(opened))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PictureRefused(_too_many_pixels()) from bomb
    except DECODING as broken:
        raise broken if isinstance(broken, PictureRefused) else PictureRefused(BROKEN) from broken
    scale = min(1, widest / upright.width, TALLEST / upright.height)
    size = (max(1, round(upright.width * scale)), max(1, round(upright.height * scale)))
    bare = upright if upright.size == size else upright.resize(size, Image.Resampling.LANCZOS)
    bare.info.clear()
    return bare


def _check_outside(content: bytes, name: str, endings: Collection[str], largest: int) -> None:
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending == "svg":
        raise PictureRefused("SVG files can hold code and are not taken. Please export the drawing as PNG.")
    if ending in {"heic", "heif"}:
        raise PictureRefused("Few browsers show HEIC. Please export the photograph as JPEG.")
    if ending not in endings:
        raise PictureRefused("Pictures are JPEG, PNG, WebP or GIF files. Please save yours as one of these.")
    if not content:
        raise PictureRefused("This file is empty.")
    if len(content) > largest:
        raise PictureRefused(f"This picture is larger than {largest // 1024 // 1024} MB. Please save it smaller.")


def _check_inside(opened: "Image.Image") -> None:
    """Before a single pixel is unpacked."""
    if max(opened.size) > LONGEST_SIDE:
        raise PictureRefused(f"A side of this picture is longer than {LONGEST_SIDE:,} pixels. Please cut or shrink it.")
    if opened.width * opened.height > MOST_PIXELS:
        raise PictureRefused(_too_many_pixels())
    # Further pages of a TIFF are layers or a small copy; of a GIF, counting its frames would read all of them.
    if opened.format != "TIFF" and getattr(opened, "is_animated", False):
        raise PictureRefused("This picture moves. Moving pictures distract from reading; please choose a still one.")


def _too_many_pixels() -> str:
    return f"This picture has more than {MOST_PIXELS // 1_000_000} million pixels. Please save it smaller."


def _in_srgb(opened: "Image.Image") -> "Image.Image":
    """As RGB, or as RGBA where parts are transparent."""
    profile = opened.info.get("icc_profile")
    if opened.mode[0] in "IF":  # more than eight bits a channel
        opened, profile = _in_eight_bits(opened), None
    wanted = "RGBA" if opened.has_transparency_data else "RGB"
    if profile and opened.mode in {"RGB", "RGBA", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = opened.mode if opened.mode == "RGBA" else "RGB"
            converted: Any = ImageCms.profileToProfile(opened, source, ImageCms.createProfile("sRGB"), outputMode=mode)
            converted.info["exif"] = opened.info.get("exif", b"")
            return _without_idle_alpha(converted.convert(wanted))
        except ImageCms.PyCMSError:
            pass  # a profile that cannot be read: the numbers are taken as sRGB
    return _without_idle_alpha(opened.convert(wanted))


def _in_eight_bits(picture: "Image.Image") -> "Image.Image":
    """Of more bits a channel, all of which few use: white is the end of the least range that holds every pixel."""
    numbers = picture.convert("F")
    most: Any = numbers.getextrema()[1]
    white = next((end for end in RANGES if most <= end), most)
    return numbers.point(lambda level: level * (255 / white)).convert("L")


def _without_idle_alpha(picture: "Image.Image") -> "Image.Image":
    """Transparency that nothing uses costs bytes."""
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        return picture.convert("RGB")
    return picture


def _written(picture: "Image.Image", kind: str, ending: str, **how: object) -> MadePicture:
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return MadePicture(picture.width, picture.height, ending, file.getvalue())
