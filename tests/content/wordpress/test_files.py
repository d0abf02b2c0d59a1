"""Pictures and documents of the old site: stored once, shown in the texts, or missed in a way that reads well."""

import io
from contextlib import closing

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from aapm_site.core.files import private
from content.models import Document, ImportedItem, Page, Picture
from tests.content.wordpress import wxr

pytestmark = pytest.mark.django_db
UPLOADS = f"{wxr.SITE}/wp-content/uploads/2018/12"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(color="teal", form="JPEG"):
    written = io.BytesIO()
    Image.new("RGB", (640, 400), color).save(written, form)
    return written.getvalue()


@pytest.fixture
def folder(tmp_path):
    """A copy of the old site's uploads."""
    at = tmp_path / "uploads" / "2018" / "12"
    at.mkdir(parents=True)
    (at / "clinic.jpg").write_bytes(picture())
    (at / "guide.pdf").write_bytes(PDF)
    return tmp_path / "uploads"


def site(text, **fields):
    return [
        wxr.attachment(30, "2018/12/clinic.jpg", "The clinic", alt="A clinic at a lake", excerpt="Our house"),
        wxr.attachment(31, "2018/12/guide.pdf", "A guide"),
        wxr.item(1, "Care", text, slug="care", **fields),
    ]


def files():
    found = []
    for storage in (default_storage, private.storage()):
        for name in ("pictures", "documents"):
            if storage.exists(name):
                found += storage.listdir(name)[1]
    return sorted(found)


def test_pictures_and_documents_come_with_their_words(bring, folder, client):
    outcome = bring(
        site(
            f'<a href="{UPLOADS}/clinic.jpg"><img class="wp-image-30" src="{UPLOADS}/clinic-300x200.jpg" /></a>\n\n'
            f'Read <a href="{UPLOADS}/guide.pdf">the guide</a>.'
        ),
        "--media",
        str(folder),
    )

    kept, paper = Picture.objects.get(), Document.objects.get()
    body = Page.objects.get().body
    assert (kept.title, kept.alt, kept.width) == ("The clinic", "A clinic at a lake", 640)
    assert f'src="{kept.get_absolute_url()}" alt="A clinic at a lake"' in body
    assert f'<a href="{paper.get_absolute_url()}" rel="noopener">the guide</a>' in body
    assert client.get("/wp-content/uploads/2018/12/guide.pdf").url == paper.get_absolute_url()
    assert client.get("/?attachment_id=30").url == kept.get_absolute_url()
    with closing(client.get(paper.get_absolute_url())) as answer:
        assert b"".join(answer.streaming_content) == PDF
    assert outcome.error is None


def test_the_second_run_stores_nothing_again_with_or_without_the_folder(bring, folder):
    text = f'<img src="{UPLOADS}/clinic.jpg">'
    bring(site(text), "--media", str(folder))
    before = (files(), list(Page.objects.values()), list(ImportedItem.objects.values()))

    bring(site(text), "--media", str(folder))
    bring(site(text))

    assert (files(), list(Page.objects.values()), list(ImportedItem.objects.values())) == before


def test_a_later_run_with_the_folder_brings_the_pictures_into_the_texts(bring, folder):
    text = f'Before.\n\n<img src="{UPLOADS}/clinic.jpg">'
    bring(site(text))
    assert Page.objects.get().body == "<p>Before.</p>"

    outcome = bring(site(text), "--media", str(folder))

    assert "<figure><img" in Page.objects.get().body
    assert outcome.of("updated", "page")


def test_what_is_missing_is_told_with_its_place_and_leaves_no_hole(bring, folder):
    outcome = bring(
        site(
            f'One.\n\n[caption]<img src="{UPLOADS}/gone.jpg" alt="Gone" /> Gone too[/caption]\n\n'
            f'Two, see <a href="{UPLOADS}/gone.pdf">the leaflet</a>.'
        ),
        "--media",
        str(folder),
    )

    assert Page.objects.get().body == "<p>One.</p><p>Gone too</p><p>Two, see the leaflet.</p>"
    assert [place for place, _ in outcome.of("left out", "file")] == ["2018/12/gone.jpg", "2018/12/gone.pdf"]
    told = [detail for place, detail in outcome.of("please look", "text") if "“Care” (line " in place]
    assert told == [
        "the picture 2018/12/gone.jpg is not here; it was taken out",
        "the file /wp-content/uploads/2018/12/gone.pdf is not here; its link was taken out",
    ]


def test_galleries_and_the_picture_above_a_text(bring, folder):
    bring(site('Text.\n\n[gallery ids="30,99"]', meta={"_thumbnail_id": "30"}), "--media", str(folder))

    assert Page.objects.get().body.count(Picture.objects.get().get_absolute_url()) == 2
    assert Page.objects.get().body.startswith("<figure>")
    assert "<figcaption>Our house</figcaption>" in Page.objects.get().body


@pytest.mark.parametrize(
    "path", ["../secret.txt", "/etc/hostname", "2018/../../secret.txt", "link.txt", "a\x00b.pdf", "x" * 5000 + ".pdf"]
)
def test_nothing_outside_the_folder_is_read(bring, folder, path):
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")

    outcome = bring(
        [wxr.attachment(30, path, "A file"), wxr.item(1, "Care", f'<a href="{UPLOADS}/{path}">a</a>', slug="care")],
        "--media",
        str(folder),
    )

    assert Document.objects.count() == 0
    assert Page.objects.count() == 1
    assert outcome.of("left out", "file")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.jpg", b"not a picture"),
        ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg onload='alert(1)'/>"),
        ("fake.pdf", b"MZ\x90 a program"),
        ("empty.pdf", b""),
    ],
)
def test_files_that_the_library_refuses_are_told_and_cost_nothing_else(bring, folder, name, content):
    (folder / "2018" / "12" / name).write_bytes(content)

    outcome = bring(
        [wxr.attachment(40, f"2018/12/{name}", "Odd"), *site(f'<a href="{UPLOADS}/guide.pdf">guide</a>')],
        "--media",
        str(folder),
    )

    assert [place for place, _ in outcome.of("left out", "file")] == [f"2018/12/{name}"]
    assert Document.objects.count() == 1
    assert "guide</a>" in Page.objects.get().body


def test_a_rehearsal_checks_files_and_writes_none(bring, folder):
    (folder / "2018" / "12" / "broken.jpg").write_bytes(b"not a picture")
    entries = [wxr.attachment(40, "2018/12/broken.jpg", "Odd"), *site(f'<img src="{UPLOADS}/clinic.jpg">')]

    rehearsal = bring(entries, "--media", str(folder), "--dry-run")

    assert files() == []
    assert (Picture.objects.count(), Document.objects.count(), ImportedItem.objects.count()) == (0, 0, 0)
    real = bring(entries, "--media", str(folder))
    kinds = [(line["outcome"], line["what"]) for line in real.lines]
    assert [(line["outcome"], line["what"]) for line in rehearsal.lines] == kinds
    assert files() != []


def test_a_picture_that_nobody_described_is_told(bring, folder):
    outcome = bring(
        [wxr.attachment(30, "2018/12/clinic.jpg", "DSC_0042"), wxr.item(1, "Care", "x", slug="care")],
        "--media",
        str(folder),
    )

    assert Picture.objects.get().alt == "DSC_0042"
    assert outcome.said("it has no words for who cannot see it")


def test_a_folder_that_is_none_is_one_sentence(bring, tmp_path):
    outcome = bring(site("x"), "--media", str(tmp_path / "nowhere"))

    assert str(outcome.error) == f"--media: {tmp_path / 'nowhere'} is not a folder."
