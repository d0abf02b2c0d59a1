"""A practice manager buys postings: a three-pack by invoice, one by card, and what goes back."""

import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from .people import PHONE, STAFF
from .test_employer import write
from .tools import Reader, text_of

BUYING = "/career-center/rates/"
OFFICE = "accounts@lantern.example"


def register(manager: Reader, email: str, organization: str) -> str:
    """A new account and its organization; returns the address of its board."""
    page = manager.go("/accounts/signup/?next=/career-center/employers/register/")
    manager.sign_up(email, "Maren", "Ostby")
    page = manager.go("/career-center/employers/register/")
    page.get_by_label("Name of the organization").fill(organization)
    page.get_by_label("Kind").select_option("Private practice")
    manager.press("Register it")
    manager.sees(f"{organization} is registered")
    return page.url


def choose(manager: Reader, package: str) -> None:
    """From the rates to the checkout, for the one organization that this person has."""
    manager.go(BUYING)
    manager.click(manager.page.get_by_role("link", name=re.compile(f"^Buy.*{package}")))
    if "/checkout/" not in manager.page.url:
        manager.page.get_by_role("button", name=re.compile("^Go on as")).click()
    manager.heading("Checkout")


def bill_to(manager: Reader, name: str) -> None:
    page = manager.page
    page.get_by_label("Name on the invoice").fill(name)
    page.get_by_label("Street").fill("7 Lantern Street")
    page.get_by_label("City").fill("Astoria")
    page.get_by_label("State or region").fill("OR")
    page.get_by_label("ZIP or postal code").fill("97103")
    page.get_by_label("E-mail for invoices").fill(OFFICE)


def file_of(reader: Reader, path: str) -> bytes:
    """What a link leads to, with this person's session."""
    answer = reader.context.request.get(reader.site.origin + path if path.startswith("/") else path)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert "no-store" in answer.headers["cache-control"]
    return answer.body()


def post_a_position(manager: Reader, board: str, title: str) -> None:
    page = manager.go(board)
    manager.page.get_by_role("link", name="Post a position").first.click()
    page.get_by_label("Title", exact=True).fill(title)
    write(manager)
    manager.press("Save and preview")
    manager.heading(title)
    manager.page.get_by_role("link", name="Send to review").click()


def test_a_three_pack_by_invoice_its_check_and_a_posting(open_for):
    manager, staff = open_for(), open_for(STAFF)
    title = "Pain psychologist, Lantern Street"
    board = register(manager, "maren@lantern.example", "Lantern Street Pain")

    # Without a posting the position waits, and nothing that was written is lost.
    post_a_position(manager, board, title)
    manager.heading("No posting is left")
    manager.press("Let it wait")
    manager.go(board)
    manager.sees("Waiting for your payment")

    # Ordered with a purchase order, first with a slip: the typed text is kept.
    choose(manager, "Three-pack")
    bill_to(manager, "Lantern Street Pain")
    page = manager.page
    page.get_by_label("Purchase order").fill("PO 2026-118")
    page.get_by_label("Coupon code").fill("WELCOM10")
    page.get_by_role("radio", name=re.compile("^By check or bank transfer")).check()
    page.get_by_role("button", name=re.compile("^Place the order for")).click()
    expect(page.get_by_role("alert")).to_be_focused()
    manager.sees("We do not know this code")
    expect(page.get_by_label("Purchase order")).to_have_value("PO 2026-118")
    page.get_by_label("Coupon code").fill("WELCOME10")
    page.get_by_role("button", name=re.compile("^Apply")).click()
    manager.sees("$200.47")
    page.get_by_role("radio", name=re.compile("^By check or bank transfer")).check()
    manager.press("Place the order for $200.47")

    # The order waits, says for what, and its papers can be had.
    manager.heading(re.compile(r"^Order\s+INV-\d{4}-\d{5}$"))
    manager.sees("Waiting for your check or transfer")
    order = page.url
    number = re.search(r"INV-\d{4}-\d{5}", page.inner_text("h1"))[0]
    invoice = page.get_by_role("link", name=f"Invoice {number} (PDF)").get_attribute("href")
    assert file_of(manager, invoice).startswith(b"%PDF-")

    # The office gets the invoice by mail; its link needs no account and shows no other order.
    letter = text_of(manager.site.letter(OFFICE, number))
    assert "PO 2026-118" not in letter  # what a buyer types goes to no stranger; the page behind the link has it
    link = re.search(r"http://\S+/pay/\S+/", letter)[0]
    clerk = open_for(viewport=PHONE)
    clerk.go(link)
    clerk.sees("$200.47")
    clerk.sees(number)
    clerk.sees("PO 2026-118")

    # Staff record the check by a button; the posting is spent by itself and the position goes to review.
    desk = staff.go("/admin/billing/order/?q=" + number)
    desk.get_by_role("link", name=number, exact=True).click()
    desk.get_by_role("button", name=re.compile("^Record a payment")).click()
    desk.get_by_label("Reference").fill("Check 5501")
    desk.get_by_role("button", name=re.compile("^Record a payment")).click()
    staff.sees("Recorded as RCT-")
    staff.sees("Nothing is owed any more.")
    manager.go(order)
    manager.sees("3 postings")
    assert number in text_of(manager.site.letter(OFFICE, "Paid, thank you"))
    manager.go(board)
    manager.sees("In review since")
    manager.sees("2 postings left")
    staff.go("/admin/careers/job/?stage=review")
    staff.sees(title)
    clerk.go(link)
    clerk.sees("This is paid")


def test_one_posting_by_card_then_its_money_and_its_posting_go_back(open_for):
    manager, staff = open_for(), open_for(STAFF)
    board = register(manager, "maren@quay.example", "Quay Side Pain")
    choose(manager, "Single, 30 days")
    bill_to(manager, "Quay Side Pain")
    page = manager.page
    page.get_by_role("radio", name=re.compile("^By card")).check()
    manager.press("Place the order for $99")

    # The card's page says what it is; a refusal costs nothing, and going back leaves the order waiting.
    manager.heading("Pay $99")
    manager.sees("This is a demonstration. No money moves, and no card is asked for.")
    manager.press("The card is declined")
    manager.sees("The payment did not go through.")
    manager.press("Go back without paying")
    manager.sees("Nothing was charged")
    page.get_by_role("button", name=re.compile("^Pay .* by card")).click()
    manager.press("Pay")

    # The provider's message has paid it, and the posting is there.
    page.wait_for_url(re.compile("/pay/|/account/orders/"))
    manager.go(board)
    manager.sees("1 posting left")
    manager.go("/account/orders/")
    manager.click(page.get_by_role("link", name=re.compile(r"INV-\d{4}-\d{5}")))
    number = re.search(r"INV-\d{4}-\d{5}", page.inner_text("h1"))[0]
    order = page.url
    receipt = page.get_by_role("link", name=re.compile("^Receipt")).get_attribute("href")
    assert file_of(manager, receipt).startswith(b"%PDF-")

    # Taken back: what follows is shown first, then a credit note, the money to the card, the posting gone.
    desk = staff.go("/admin/billing/order/?q=" + number)
    desk.get_by_role("link", name=number, exact=True).click()
    desk.get_by_role("button", name=re.compile("^Take back and refund")).click()
    desk.get_by_label(re.compile("Single, 30 days")).fill("1")
    desk.get_by_role("radio", name=re.compile("Back to the card")).check()
    desk.get_by_label("Reason").fill("The search was called off.")
    staff.press("Check what follows")
    staff.sees("Nothing has been done yet.")
    staff.press("Confirm")
    staff.sees("Credit note over $99")
    manager.go(order)
    manager.sees("This order was taken back.")
    credit_note = page.get_by_role("link", name=re.compile("^Credit note")).get_attribute("href")
    assert file_of(manager, credit_note).startswith(b"%PDF-")
    assert "to the card that was used" in " ".join(text_of(manager.site.letter(OFFICE, "on its way back")).split())
    manager.go(board)
    manager.sees("No postings left")
    staff.go("/admin/billing/entry/report/")
    staff.sees("It balances.")


def test_a_strangers_message_pays_nothing(open_for):
    """Posted to the running site without the provider's signature."""
    visitor = open_for()
    asked = urllib.request.Request(
        visitor.site.origin + "/webhooks/stripe/", data=b'{"type": "checkout.session.completed"}', method="POST"
    )
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(asked, timeout=20)
