"""A member opts in, a patient on a phone at night finds them by ZIP code and writes, and the member can answer."""

from .people import MEMBER, PHONE
from .tools import text_of

PATIENT = "rosa.keller@patients.example"


def test_a_patient_finds_a_member_who_opted_in_and_writes(open_for, site):
    member = open_for(MEMBER)
    page = member.go("/membership/directory/mine/")
    member.heading("Your entry in the directory")
    page.get_by_label("List me in “Find a clinician”").check()
    page.get_by_role("textbox", name="Name of the practice").fill("Pine Street Pain Center")
    page.get_by_label("Town or ZIP code of the practice").fill("Cheyenne, Wyoming")
    page.get_by_role("textbox", name="Telephone of the practice").fill("307-555-0147")
    page.get_by_label("I take new patients").check()
    for part in (
        "Profession and specialty",
        "Name of the practice",
        "Town and ZIP code",
        "Whether you take new patients",
    ):
        page.get_by_label(f"{part}, shown to everybody").check()
    page.get_by_label("A form to write to you, shown to everybody").check()
    member.press("Preview first")
    member.sees("This is a preview.")
    seen = page.get_by_role("region", name="Preview")
    assert "Pine Street Pain Center" in seen.inner_text()
    assert "307-555-0147" not in seen.inner_text()
    member.press("Save")
    member.sees("Saved. Below is what each audience sees from now on.")

    patient = open_for(viewport=PHONE, color_scheme="dark")
    page = patient.go("/patient-resources/")
    page.get_by_role("main").get_by_role("link", name="Find a clinician").first.click()
    patient.heading("Find a clinician")
    page.get_by_label("Near").fill("82001")
    patient.press("Search")
    found = page.get_by_role("listitem").filter(has_text="Amara Okafor, MD")
    assert "Takes new patients" in found.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    patient.press("Amara Okafor, MD", "link")
    patient.heading("Amara Okafor, MD")
    patient.press("Write a message", "link")
    patient.fill(Your_name="Rosa Keller", **{"Your_e-mail": PATIENT})
    page.get_by_label("Your message").fill("My shoulder has hurt since May. May I come to see you?")
    page.wait_for_timeout(3_200)  # quicker than a person is taken for a program
    patient.press("Send my message")
    patient.heading("Please look into your mail")

    link = next(word for word in text_of(site.letter(PATIENT, "Please confirm")).split() if "/send/" in word)
    patient.go(link)
    patient.sees("My shoulder has hurt since May.")
    patient.press("Yes, send it")
    patient.heading("Your message is sent")
    letter = site.letter(MEMBER, "A message through “Find a clinician”")
    assert letter["Reply-To"] == PATIENT  # an answer goes straight to the patient
    assert "My shoulder has hurt since May." in text_of(letter)

    member.go("/membership/directory/mine/")
    member.page.get_by_label("List me in “Find a clinician”").uncheck()
    member.press("Save")
    assert "Amara" not in patient.go("/find-a-clinician/?near=82001").get_by_role("main").inner_text()
