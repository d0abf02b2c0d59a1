"""An organization for everybody: who has a page, what stands on it, its logo, and its addresses."""

import io
import json
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from careers.criteria import JobCriteria
from careers.domain import employers, logos, verifications
from careers.models import Employer, EmployerLogo, EmployerSlug
from careers.queries import listings, organizations

from .factories import live_job, make_employer, make_job, make_member
from .test_board import room_queries

pytestmark = pytest.mark.django_db
LIST = "/career-center/organizations/"


def shown(name: str = "Lakeward University Hospital", **fields) -> Employer:
    """A verified organization with a live position under its name."""
    slug = fields.pop("slug", name.lower().replace(" ", "-"))
    employer = make_employer(name, slug=slug, verified=True, **fields)
    live_job(employer)
    return employer


def picture(width: int = 400, height: int = 200, kind: str = "PNG", mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.new(mode, (width, height), "#14506b").save(file, kind)
    return file.getvalue()


def upload(client, employer, content: bytes, name: str = "logo.png"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("careers:employer-logo", args=[employer.public_id]), {"logo": file}, follow=True)


# Who has a page -------------------------------------------------------------------------------------------------------
def test_a_verified_organization_with_a_named_position_has_a_page(client):
    employer = shown(about="Fourteen clinicians share one schedule.")
    page = client.get(employer.public_url)
    assert page.status_code == 200
    assert "Fourteen clinicians share one schedule." in page.text
    assert "One open position" in page.text
    assert "<li>Portland, Maine</li>" in page.text
    assert f'href="{employer.public_url}"' in client.get(employer.jobs.get().get_absolute_url()).text
    assert f'href="{employer.public_url}"' in client.get(LIST).text
    assert employer.public_url in client.get("/sitemap-organizations.xml").text


@pytest.mark.parametrize(
    "change",
    [
        {"verified": False},
        {"closed_at": timezone.now()},
    ],
)
def test_without_verification_and_after_closing_there_is_none(client, change):
    employer = shown()
    Employer.objects.update(**change)
    assert client.get(employer.public_url).status_code == 404
    assert employer.name not in client.get(LIST).text
    assert employer.public_url not in client.get("/sitemap-organizations.xml").text
    assert employer.public_url not in client.get(employer.jobs.get().get_absolute_url()).text


def test_one_with_confidential_positions_alone_is_as_one_that_never_was(client):
    hidden = make_employer("Quiet Clinic", slug="quiet-clinic", verified=True)
    secret = live_job(hidden, confidential=True, public_employer_name="A clinic by the sea")
    make_job(hidden)  # a draft under its name
    there, nowhere = client.get("/career-center/organizations/quiet-clinic/"), client.get(f"{LIST}never-was/")
    assert (there.status_code, there.text.replace("quiet-clinic", "")) == (404, nowhere.text.replace("never-was", ""))
    EmployerSlug.objects.create(employer=hidden, slug="quieter")
    assert client.get(f"{LIST}quieter/").status_code == 404
    said = client.get(secret.get_absolute_url()).text
    assert "Quiet Clinic" not in said
    assert "quiet-clinic" not in said


def test_a_confidential_position_is_nowhere_on_the_page_of_its_employer(client):
    employer = shown()
    secret = live_job(
        employer,
        title="Secret chief",
        confidential=True,
        public_employer_name="A hospital in the north",
        places=({"city": "Bangor", "state_code": "ME"},),
    )
    page = client.get(employer.public_url).text
    assert "Secret chief" not in page
    assert "Bangor" not in page
    assert "One open position" in page
    assert f"/jobs/{secret.pk}-" not in page
    assert "1 open" in client.get(LIST).text
    assert employer.public_url not in client.get(secret.get_absolute_url()).text


def test_an_agency_is_called_so(client):
    assert "Recruiting agency" in client.get(shown(kind="agency").public_url).text
    assert "Recruiting agency" not in client.get(shown("Other Hospital").public_url).text


def test_when_nothing_is_open_the_page_says_so(client):
    employer = make_employer(verified=True)
    make_job(employer, status="approved", days_ago=60)
    assert "Nothing is open under this name at the moment." in client.get(employer.public_url).text


def test_search_engines_are_told_of_it(client):
    employer = shown(about="By the lake.", website="https://lakeward.example")
    logos.keep_logo(employer, logos.made_logo(picture(), "logo.png"))
    said = [
        json.loads(text) for text in re.findall(r"ld\+json[^>]*>(.*?)</script>", client.get(employer.public_url).text)
    ]
    (told,) = [one for one in said if one["@type"] == "Organization"]
    assert told["name"] == "Lakeward University Hospital"
    assert told["url"].endswith("/career-center/organizations/lakeward-university-hospital/")
    assert told["sameAs"] == "https://lakeward.example"
    assert told["logo"].endswith(EmployerLogo.objects.get().whole)
    job = client.get(employer.jobs.get().get_absolute_url()).text
    assert EmployerLogo.objects.get().public_id in job
    secret = live_job(employer, confidential=True, public_employer_name="A hospital")
    assert EmployerLogo.objects.get().public_id not in client.get(secret.get_absolute_url()).text


@pytest.mark.parametrize("many", [1, 30])
def test_the_page_asks_as_often_for_one_position_as_for_many(client, many):
    employer = shown()
    for number in range(many - 1):
        live_job(employer, title=f"Position {number}", places=({"city": f"Town {number}", "state_code": "ME"},))
    assert room_queries(client, employer.public_url) == {1: 4, 30: 5}[many]  # more than twenty are counted


@pytest.mark.parametrize("many", [1, 70])
def test_the_list_asks_as_often_for_one_as_for_many(client, many):
    for number in range(many):
        shown(f"Clinic {number:02}")
    after = organizations.organizations_by_name(timezone.now()).rows[0].slug
    assert room_queries(client, f"{LIST}?after={after}") == 2


# From A to Z ----------------------------------------------------------------------------------------------------------
def test_the_list_is_read_on_by_key_both_ways(monkeypatch):
    monkeypatch.setattr(organizations, "PAGE_SIZE", 3)
    at = timezone.now()
    for name in ("delta clinic", "Alpha Clinic", "Bravo Clinic", "Echo Clinic", "Charlie Clinic", "Foxtrot", "3M Pain"):
        shown(name)
    pages, key = [], ""
    while True:
        found = organizations.organizations_by_name(at, after=key)
        pages.append([row.name for row in found.rows])
        if not found.next:
            break
        key = found.next
    assert pages == [
        ["3M Pain", "Alpha Clinic", "Bravo Clinic"],
        ["Charlie Clinic", "delta clinic", "Echo Clinic"],
        ["Foxtrot"],
    ]
    back = organizations.organizations_by_name(at, before="foxtrot")
    assert [row.name for row in back.rows] == pages[1]
    assert [row.name for row in organizations.organizations_by_name(at, before=back.previous).rows] == pages[0]
    assert [row.letter for row in back.rows] == ["C", "D", "E"]
    assert (
        organizations.organizations_by_name(at, after="never-was").rows == organizations.organizations_by_name(at).rows
    )


@pytest.mark.parametrize("query", ["after=%00", "before=a/b", "after=" + "x" * 5_000, "after=never-was", "page=9"])
def test_what_means_nothing_shows_the_first_page(client, query):
    employer = shown()
    page = client.get(f"{LIST}?{query}")
    assert (page.status_code, employer.name in page.text) == (200, True)


# Addresses ------------------------------------------------------------------------------------------------------------
def test_a_new_name_makes_a_new_address_and_the_former_leads_on(client):
    employer = shown()
    owner = make_member(employer)
    old = employer.public_url
    employers.edit_employer(employer, by=owner, name="Lakeward Health")
    assert client.get(old).status_code == 404  # it is not verified under the new name yet
    verifications.verify_employer(employer, by=None, how="They wrote.")
    now = Employer.objects.get()
    assert now.slug == "lakeward-health"
    assert client.get(old).headers["Location"] == now.public_url
    assert client.get(old).status_code == 301
    for slug in ("lakeward-university-hospital", "lakeward-health"):  # alerts and links by the former slug still find
        assert listings.find(JobCriteria(employer=slug), timezone.now()).count == 1
    employers.edit_employer(now, by=owner, name="Lakeward University Hospital")
    assert Employer.objects.get().slug == "lakeward-university-hospital"
    assert list(EmployerSlug.objects.values_list("slug", flat=True)) == ["lakeward-health"]


def test_a_former_address_is_given_to_nobody_else():
    employer = shown()
    employers.edit_employer(employer, by=None, name="Lakeward Health")
    other = employers.register_employer(by=make_member(employer), name="Lakeward University Hospital", kind="academic")
    assert other.slug == "lakeward-university-hospital-2"


def test_what_is_confidential_is_not_found_by_a_former_address():
    employer = make_employer(slug="quiet-clinic")
    live_job(employer, confidential=True, public_employer_name="A clinic by the sea")
    employers.edit_employer(employer, by=None, name="Loud Clinic")
    for slug in ("quiet-clinic", "loud-clinic"):
        assert listings.find(JobCriteria(employer=slug), timezone.now()).count == 0


# The logo -------------------------------------------------------------------------------------------------------------
def test_an_owner_puts_up_a_logo_and_takes_it_away(client):
    employer = shown()
    client.force_login(make_member(employer))
    assert "Your logo is kept." in upload(client, employer, picture(900, 300)).text
    first = EmployerLogo.objects.get()
    assert (first.width, first.height, first.form) == (640, 213, "jpg")
    assert all(default_storage.exists(name) for name in first.files)
    page = client.get(employer.public_url).text
    assert first.address(160) in page
    served = client.get(first.address(640))
    assert (served.status_code, served["Content-Type"], served["X-Content-Type-Options"]) == (
        200,
        "image/webp",
        "nosniff",
    )
    assert served.getvalue().startswith(b"RIFF")
    assert "sandbox" in served["Content-Security-Policy"]
    assert client.get(first.address(640), headers={"If-None-Match": served["ETag"]}).status_code == 304
    assert client.get(first.address(641)).status_code == 404
    assert client.get(first.address(640, "svg")).status_code == 404


def test_files_of_a_logo_before_this_one_go(client, django_capture_on_commit_callbacks):
    employer = shown()
    client.force_login(make_member(employer))
    upload(client, employer, picture())
    first = EmployerLogo.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        upload(client, employer, picture(300, 300, mode="RGBA"))
    second = EmployerLogo.objects.get()
    assert second.public_id != first.public_id
    assert not any(default_storage.exists(name) for name in first.files)
    assert all(default_storage.exists(name) for name in second.files)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("careers:employer-logo", args=[employer.public_id]), {"remove": "yes"})
    assert not EmployerLogo.objects.exists()
    assert not any(default_storage.exists(name) for name in second.files)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (SVG, "logo.svg", "SVG files can hold code"),
        (SVG, "logo.png", "not a picture that can be read"),
        (b"GIF89a" + b"\0" * 40, "logo.gif", "not a picture that can be read"),
        (picture()[:200], "logo.png", "not a picture that can be read"),
        (picture(40, 40), "logo.png", "only 40 pixels wide"),
        (b"x" * (5 * 1024 * 1024 + 1), "logo.png", "larger than 5 MB"),
        (b"%PDF-1.4", "logo.pdf", "Pictures are JPEG"),
        (b"", "logo.png", "empty"),
        (picture(), "../../etc/passwd", "Pictures are JPEG"),
    ],
)
def test_hostile_files_are_refused_with_what_to_do(client, content, name, said):
    employer = shown()
    client.force_login(make_member(employer))
    page = upload(client, employer, content, name)
    assert (page.status_code, said in page.text) == (422, True)
    assert not EmployerLogo.objects.exists()


def test_what_hides_in_a_picture_is_gone():
    file = io.BytesIO()
    Image.new("RGB", (300, 100)).save(file, "JPEG", comment=b"<script>alert(1)</script>")
    assert b"script" in file.getvalue()
    assert not any(b"script" in one.content for one in logos.made_logo(file.getvalue(), "logo.jpg"))


def test_others_cannot_touch_it(client):
    employer = shown()
    for member in (
        make_member(employer, "poster"),
        make_member(employer, "viewer"),
        make_member(make_employer("Other")),
    ):
        client.force_login(member)
        assert upload(client, employer, picture()).status_code == 404
    assert not EmployerLogo.objects.exists()


def test_nothing_is_left_when_it_cannot_be_kept(monkeypatch):
    employer = shown()
    made = logos.made_logo(picture(), "logo.png")
    kept = default_storage.save
    begun = []

    def full(name, content):
        begun.append(name)
        if len(begun) == 2:
            raise OSError(28, "No space left on device")
        return kept(name, content)

    monkeypatch.setattr(
        default_storage._wrapped if hasattr(default_storage, "_wrapped") else default_storage, "save", full
    )
    with pytest.raises(OSError, match="No space"):
        logos.keep_logo(employer, made)
    assert not EmployerLogo.objects.exists()
    assert len(begun) == 2
    assert not any(default_storage.exists(name) for name in begun)


def test_a_closed_organization_gets_no_logo(client):
    employer = make_employer()
    owner = make_member(employer)
    employers.close_employer(employer)
    client.force_login(owner)
    assert "closed on our site" in upload(client, employer, picture()).text
    assert not EmployerLogo.objects.exists()
