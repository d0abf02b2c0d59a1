"""The media library: kept once, described, taken away only when nobody shows it."""

from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.signals import request_finished
from django.db import IntegrityError, close_old_connections, transaction
from PIL import Image

from aapm_site.core.files import private
from content.domain import media
from content.models import Document, Picture
from tests.content.makers import page
from tests.content.pictures import PDF, document, office, picture, picture_bytes, upload
from tests.factories import client_of, staff_client, staff_user, user
from tests.racing import at_once

EDITOR = "Content editor"
ADD = "/admin/content/picture/add/"


def stored() -> list[str]:
    """The names of all pictures' files."""
    try:
        return sorted(default_storage.listdir("pictures")[1])
    except FileNotFoundError:
        return []


def whole(response) -> bytes:
    return b"".join(response.streaming_content)


def let_go(response) -> None:
    """What a server does when it has sent the head only; the test's connection stays open."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


# --- pictures ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_picture_is_kept_in_its_widths_under_names_of_the_sites_own():
    kept = picture(size=(1000, 500), credit="Photo: L. Hart")

    name = kept.public_id
    assert (kept.width, kept.height, kept.form) == (1000, 500, "jpg")
    assert stored() == sorted(f"{name}-{rest}" for rest in ("480.webp", "960.webp", "1000.webp", "1000.jpg"))
    assert kept.size == sum(default_storage.size(f"pictures/{one}") for one in stored())
    assert kept.tag() == (
        f'<figure><img src="/media/pictures/{name}-1000.jpg" alt="An empty chair by a window" width="1000" '
        'height="500"><figcaption>Photo: L. Hart</figcaption></figure>'
    )


@pytest.mark.django_db
def test_the_same_bytes_are_the_same_picture():
    first, again = picture(), picture(title="Another title", alt="Other words")

    assert (again.pk, again.alt, Picture.objects.count()) == (first.pk, first.alt, 1)
    assert len(stored()) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("alt", ["", "   ", "\u202e\x00"])
def test_a_picture_is_described_or_decorative(alt):
    with pytest.raises(ValidationError) as refused:
        picture(alt=alt)

    assert refused.value.message_dict == {
        "alt": ["Say in a few words what the picture shows, or mark it as decorative."]
    }
    assert (Picture.objects.count(), stored()) == (0, [])
    assert picture(alt=alt, is_decorative=True).image().count('alt="" role="presentation"') == 1


@pytest.mark.django_db
@pytest.mark.parametrize("alt", ["", "  "])
def test_the_database_refuses_what_is_not_described(alt):
    kept = picture()

    with pytest.raises(IntegrityError, match="content_picture_described"), transaction.atomic():
        Picture.objects.filter(pk=kept.pk).update(alt=alt)


@pytest.mark.django_db
def test_words_that_pretend_to_be_markup_stay_words():
    kept = picture(alt='"><script>alert(1)</script>', credit="<b onclick=x>")

    assert "<script" not in kept.tag()
    assert "&quot;&gt;&lt;script&gt;" in kept.tag()
    assert "&lt;b onclick=x&gt;" in kept.tag()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["../../etc/x.jpg", "C:\\photos\\x.jpg", "a\r\nb.jpg", "\u202egpj.x.jpg", "a" * 90 + ".jpg"]
)
def test_hostile_names_never_reach_the_disk(name):
    file = upload(picture_bytes(), "x.jpg")
    file._name = name  # as a library might hand it on; Django's own upload cuts folders off

    kept = media.add_picture(file, title="", alt="A chair")

    assert all(one.startswith(kept.public_id) for one in stored())
    assert not set(kept.title) & set("/\\\r\n\u202e")


@pytest.mark.django_db
def test_a_disk_that_is_full_leaves_neither_row_nor_half_a_picture(monkeypatch):
    """The storage fails at the second file."""
    begun, write = [], FileSystemStorage._save

    def full(self, name, content):
        begun.append(name)
        if len(begun) == 1:
            return write(self, name, content)
        Path(self.path(name)).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)

    with pytest.raises(OSError, match="No space"):
        picture()
    assert (Picture.objects.count(), stored(), len(begun)) == (0, [], 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["picture", "document"])
def test_two_who_upload_the_same_at_once_get_the_same_row(what):
    content = picture_bytes((700, 300))

    def add():
        return (media.add_picture(upload(content), title="A", alt="B") if what == "picture" else document()).pk

    made = at_once(*[add] * 4)

    assert made == [(Picture if what == "picture" else Document).objects.get().pk] * 4
    assert len(stored()) == (3 if what == "picture" else 0)


@pytest.mark.django_db(transaction=True)
def test_without_the_unique_checksum_there_would_be_two():
    """The control: it is the constraint that decides, not luck."""
    kept = picture()

    with pytest.raises(IntegrityError):
        Picture.objects.create(title="A", alt="B", width=1, height=1, form="jpg", size=1, checksum=kept.checksum)


@pytest.mark.django_db(transaction=True)
def test_deleting_takes_the_files_along_and_only_when_it_is_final():
    kept = picture()

    def deleted_after_all():
        with transaction.atomic():
            media.delete_picture(kept)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        deleted_after_all()
    assert len(stored()) == 2

    media.delete_picture(Picture.objects.get())
    assert (Picture.objects.count(), stored()) == (0, [])


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["body", "recap"])
def test_what_a_page_shows_is_not_taken_away(field):
    kept = picture()
    page("about", title="About us", **{field: kept.tag()})

    with pytest.raises(media.InUse) as refused:
        media.delete_picture(kept)

    assert refused.value.messages == ["“A quiet room” is still used by “About us”. Take it out there first."]
    assert len(stored()) == 2


# --- their addresses --------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_file_is_served_for_good_and_asks_only_what_lies_in_the_trash(client, django_assert_num_queries):
    kept = picture(size=(600, 300))

    for address, kind in ((kept.address(480), "WEBP"), (kept.get_absolute_url(), "JPEG")):
        with django_assert_num_queries(1):  # remembered until a revision; in a transaction it is asked anew
            response = client.get(address)
        content = whole(response)
        assert response.status_code == 200
        assert response["Content-Type"] == f"image/{kind.lower()}"
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        with Image.open(BytesIO(content)) as read:
            assert read.format == kind
        assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304
        head = client.head(address)
        let_go(head)
        assert (head.status_code, head["Content-Type"]) == (200, response["Content-Type"])


@pytest.mark.django_db
@pytest.mark.parametrize("address", [
    "/media/pictures/{id}-481.webp", "/media/pictures/{id}-480.svg", "/media/pictures/{id}-99999999999.webp",
    "/media/pictures/..%2f..%2fsecret_key-480.webp", "/media/pictures/{id}-480.webp/", "/media/pictures/",
    "/media/", "/media/documents/{id}/", "/media/documents/{id}/a%00b.pdf", "/media/pictures/0000000000000000-480.webp",
])  # fmt: skip
def test_what_is_not_there_is_not_found(client, address):
    kept = picture(size=(600, 300))

    assert client.get(address.replace("{id}", kept.public_id)).status_code == 404


# --- documents --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_document_is_always_a_download(client):
    kept = document(name="First Visit (2026).PDF")

    response = client.get(kept.get_absolute_url())

    assert kept.get_absolute_url() == f"/media/documents/{kept.public_id}/first-visit-2026.pdf"
    assert whole(response) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="first-visit-2026.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "public, no-cache"
    assert client.get(kept.get_absolute_url(), headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert kept.tag() == (
        f'<a class="download" href="{kept.get_absolute_url()}">Questions for a first visit (PDF, 77 bytes)</a>'
    )


@pytest.mark.django_db
@pytest.mark.parametrize("audience", ["members", "group:rural"])
@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-10"}, {"If-None-Match": "*"}, {"If-None-Match": "{etag}"}])
def test_what_is_for_members_comes_to_nobody_else(client, audience, headers):
    kept = document(audience=audience)
    etag = f'"{kept.checksum[:32]}"'
    headers = {name: value.replace("{etag}", etag) for name, value in headers.items()}
    address = kept.get_absolute_url()

    for ask in (client.get, client.head):
        visitor = ask(address, headers=headers)
        assert visitor.status_code == 302
        assert visitor["Location"] == f"/accounts/login/?next={address}"
    stranger = client_of(user()).get(address, headers=headers)
    assert stranger.status_code == 403
    assert "Questions for a first visit" in stranger.text
    for response in (visitor, stranger):
        assert response["Cache-Control"] == "private, no-store"
        assert "ETag" not in response
        assert b"%PDF" not in response.content


@pytest.mark.django_db
def test_those_who_may_get_it_and_no_cache_keeps_it():
    kept = document(audience="members")

    response = staff_client(EDITOR).get(kept.get_absolute_url(), headers={"Range": "bytes=0-3"})

    assert whole(response) == PDF
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response


@pytest.mark.django_db
def test_a_document_that_becomes_the_members_own_is_gone_at_once(client, settings):
    settings.PAGE_CACHE = True
    kept = document()
    response = client.get(kept.get_absolute_url())
    assert whole(response) == PDF

    Document.objects.update(audience="members")

    assert client.get(kept.get_absolute_url(), headers={"If-None-Match": response["ETag"]}).status_code == 302


@pytest.mark.django_db
def test_the_same_file_for_other_readers_is_another_document():
    public, same, private_one = document(), document(), document(audience="members")

    assert public.pk == same.pk != private_one.pk


@pytest.mark.django_db
def test_documents_lie_where_no_address_leads():
    kept = document(office("docx"), "Form.docx")

    assert kept.file.name.startswith("documents/")
    assert private.storage().exists(kept.file.name)
    assert not default_storage.exists(kept.file.name)


# --- the admin --------------------------------------------------------------------------------------------------------


def posted(**fields):
    return {"upload": upload(picture_bytes()), "title": "", "alt": "A chair", "credit": "", **fields}


@pytest.mark.django_db
def test_an_editor_adds_a_picture_and_sees_where_it_is_used():
    editor = staff_client(EDITOR)

    response = editor.post(ADD, posted())

    kept = Picture.objects.get()
    assert (response.status_code, kept.title) == (302, "photo")
    assert LogEntry.objects.values_list("object_id", "user", "change_message").get() == (
        str(kept.pk), editor.user.pk, "Uploaded.",
    )  # fmt: skip
    shown = page("about", title="About us", body=kept.tag())
    form = editor.get(f"/admin/content/picture/{kept.pk}/change/")
    assert f'<a href="/admin/content/page/{shown.pk}/change/">About us</a>' in form.text
    assert f'src="{kept.thumbnail}"' in editor.get("/admin/content/picture/").text


@pytest.mark.django_db
@pytest.mark.parametrize(("fields", "name", "words"), [
    ({"upload": ""}, "upload", "Choose a picture."),
    ({"upload": upload(b"")}, "upload", "This file is empty."),
    ({"upload": upload(b"<svg/>", "a.svg")}, "upload", "SVG files can hold code"),
    ({"upload": upload(b"<html>", "a.jpg")}, "upload", "not a picture that can be read"),
    ({"alt": " "}, "alt", "mark it as decorative"),
    ({"alt": "a\r\nb"}, "alt", "on one line"),
    ({"alt": "x" * 301}, "alt", "to 300 characters"),
    ({"title": "x" * 161}, "title", "to 160 characters"),
])  # fmt: skip
def test_what_is_wrong_stands_beside_the_field_and_the_words_are_kept(fields, name, words):
    for given in fields.values():
        if hasattr(given, "seek"):
            given.seek(0)

    response = staff_client(EDITOR).post(ADD, posted(**{"credit": "L. Hart", **fields}))

    assert response.status_code == 200
    assert words in str(response.context["adminform"].form.errors[name])
    assert 'value="L. Hart"' in response.text
    assert (Picture.objects.count(), stored()) == (0, [])


@pytest.mark.django_db
def test_words_can_be_changed_and_not_taken_away():
    kept, editor = picture(), staff_client(EDITOR)
    address = f"/admin/content/picture/{kept.pk}/change/"

    refused = editor.post(address, {"title": "A", "alt": "", "credit": ""})
    taken = editor.post(address, {"title": "", "alt": "A chair", "credit": "L. Hart"})

    assert "mark it as decorative" in str(refused.context["adminform"].form.errors["alt"])
    assert taken.status_code == 302
    kept.refresh_from_db()
    assert (kept.title, kept.alt, kept.credit) == ("A quiet room", "A chair", "L. Hart")


@pytest.mark.django_db
def test_the_admin_refuses_to_take_away_what_is_shown():
    kept, editor = picture(), staff_client(EDITOR)
    shown = page("about", title="About us", body=kept.tag())
    address = f"/admin/content/picture/{kept.pk}/trash/"

    assert "It is used by “About us”" in editor.get(address).text
    assert "is still used by “About us”" in editor.post(address).text
    assert Picture.objects.kept().count() == 1

    shown.body = ""
    shown.save()
    assert editor.post(address).status_code == 302
    assert (Picture.objects.kept().count(), Picture.objects.trashed().count()) == (0, 1)


@pytest.mark.django_db
def test_a_document_cannot_become_the_twin_of_another():
    one, other = document(), document(audience="members")
    editor = staff_client(EDITOR)

    response = editor.post(f"/admin/content/document/{other.pk}/change/", {"title": "A", "audience": "public"})

    assert response.context["adminform"].form.errors["audience"] == [
        "This very file is in the library already, for the same readers."
    ]
    assert one.pk != other.pk


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 40])
def test_the_lists_ask_a_fixed_number_of_questions(rows, django_assert_num_queries):
    for number in range(rows):
        picture(size=(50 + number, 40))
        document(PDF + b"%" * number)
    editor = staff_client(EDITOR)
    for warmed in ("picture", "document"):
        editor.get(f"/admin/content/{warmed}/")

    with django_assert_num_queries(9):
        assert editor.get("/admin/content/picture/").status_code == 200
    with django_assert_num_queries(10):
        assert editor.get("/admin/content/document/").status_code == 200


# --- what the editor's dialogs ask ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_dialog_finds_by_words_what_is_there(django_assert_num_queries):
    kept = picture(title="Walking club", alt="Four people on a path")
    picture(size=(70, 70), title="Other")
    file = document()
    page("walking", title="Walking with pain", status="draft", published_at=None)
    editor = staff_client(EDITOR)

    found = editor.get("/admin/content/picture/choose/?q=club+PATH").json()
    assert (found["total"], found["more"]) == (1, False)
    assert found["rows"] == [
        {
            "title": "Walking club", "alt": "Four people on a path", "decorative": False, "credit": "",
            "src": kept.get_absolute_url(), "thumb": kept.thumbnail, "width": 60, "height": 40,
        }
    ]  # fmt: skip
    assert editor.get("/admin/content/document/choose/?q=visit").json()["rows"] == [
        {"title": file.title, "url": file.get_absolute_url(), "words": "PDF, 77 bytes", "audience": "everybody"}
    ]
    assert editor.get("/admin/content/page/choose/?q=with+pain").json()["rows"] == [
        {"title": "Walking with pain", "url": "/walking/", "words": "Draft"}
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["?q=%00", "?q=" + "x" * 5000, "?page=0", "?page=-1", "?page=zz", "?page=999999999999"]
)
def test_odd_questions_get_plain_answers(query):
    assert staff_client(EDITOR).get(f"/admin/content/picture/choose/{query}").status_code == 200


@pytest.mark.django_db
def test_the_dialog_uploads_and_says_what_is_wrong():
    editor = staff_client(EDITOR)

    wrong = editor.post("/admin/content/picture/upload/", posted(alt=""))
    right = editor.post("/admin/content/picture/upload/", posted())
    file = editor.post("/admin/content/document/upload/", {"upload": upload(PDF, "a.pdf"), "audience": "members"})

    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["alt"])
    assert right.json()["row"]["src"] == Picture.objects.get().get_absolute_url()
    assert (file.json()["row"]["title"], Document.objects.get().audience) == ("a", "members")


@pytest.mark.django_db
@pytest.mark.parametrize("model", ["picture", "document"])
def test_the_dialogs_answer_those_who_may(client, model):
    colleague = staff_client("Careers staff")

    for address in (f"/admin/content/{model}/choose/", f"/admin/content/{model}/upload/"):
        ask = "post" if "upload" in address else "get"
        assert getattr(client, ask)(address).status_code == 302
        assert getattr(colleague, ask)(address).status_code == 403
    assert (Picture.objects.count(), Document.objects.count()) == (0, 0)


def test_a_role_may_use_the_library(db):
    editor = staff_user(EDITOR)

    assert all(
        editor.has_perm(f"content.{verb}_{model}")
        for model in ("picture", "document")
        for verb in ("view", "add", "change", "delete")
    )
