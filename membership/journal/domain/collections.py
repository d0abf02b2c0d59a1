"""The picture of a collection: made from its pixels, shown to everybody, with its words for those who cannot see it."""

from django.conf import DEFAULT_STORAGE_ALIAS
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from aapm_site.core.files import imaging
from aapm_site.core.files.removal import remove_after_commit
from aapm_site.core.ids import public_id
from aapm_site.core.transitions import NotAllowed

from ..models import Collection

PICTURE_WIDTH, NARROWEST, LARGEST_PICTURE = 1_200, 600, 10 * 1024 * 1024
PICTURES = "journal-collections/"


def made_picture(content: bytes, name: str) -> imaging.MadePicture:
    """The file of a picture, made from its pixels. Raises PictureRefused, with what to do next."""
    if len(content) > LARGEST_PICTURE:
        raise imaging.PictureRefused(
            "This picture is larger than 10 MB. Please save it smaller; 1,200 pixels are enough."
        )
    made = imaging.make_one(content, name, PICTURE_WIDTH)
    if made.width < NARROWEST:
        raise imaging.PictureRefused(
            f"This picture is only {made.width} pixels wide and would look blurred. Choose one of {PICTURE_WIDTH}."
        )
    if not 1.2 <= made.width / made.height <= 2.2:
        raise imaging.PictureRefused(
            "The picture of a collection is wider than high, about 3 to 2 (1,200 × 800 pixels). This one is not."
        )
    return made


def keep_picture(collection: Collection, made: imaging.MadePicture, words: str) -> Collection:
    """Show this picture from now on, which is `words` for those who cannot see it; the one before it goes."""
    name = default_storage.save(f"{PICTURES}{public_id()}.{made.ending}", ContentFile(made.content))
    try:
        return _show(collection, name, words)
    except BaseException:
        default_storage.delete(name)
        raise


def remove_picture(collection: Collection) -> Collection:
    """Show the drawn one again. Raises NotAllowed where there is no other."""
    return _show(collection, "", "")


@transaction.atomic
def _show(collection: Collection, name: str, words: str) -> Collection:
    """Locks the collection, so that of two editors at once no file is left behind."""
    locked = Collection.objects.defer("search").select_for_update().get(pk=collection.pk)
    if not name and not locked.picture:
        raise NotAllowed("It has no picture of its own.")
    if locked.picture:
        remove_after_commit(DEFAULT_STORAGE_ALIAS, [locked.picture])
    locked.picture, locked.picture_words = name, words
    locked.save(update_fields=["picture", "picture_words"])
    return locked
