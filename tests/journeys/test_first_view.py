"""The first view: light, still, without a cookie and without a stranger."""

import pytest

from .conftest import open_reader

MOST_BYTES = 120_000
# Each shift with what moved, so that a failure says where to look.
SHIFTS = """() => new Promise(done => {
    const seen = [];
    new PerformanceObserver(list => { for (const shift of list.getEntries()) seen.push(
        [shift.value, shift.sources.map(source => `${source.node?.nodeName}.${source.node?.className}`).join(" ")]); })
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(seen), 600);
})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_the_home_page_is_light_and_does_not_jump(site, browser, width):
    reader = open_reader(site, browser, viewport={"width": width, "height": 800})
    devtools = reader.context.new_cdp_session(reader.page)
    devtools.send("Network.enable")
    received = []
    devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))

    reader.go("/")
    reader.page.wait_for_load_state("networkidle")
    shifted = reader.page.evaluate(SHIFTS)

    assert 10_000 < sum(received) <= MOST_BYTES
    assert sum(value for value, _ in shifted) < 0.01, shifted
    assert reader.context.cookies() == []
    assert reader.faults == []
    assert reader.strangers == set()
    reader.context.close()


def test_a_visitor_gets_no_cookie_anywhere_in_public(reader):
    for path in (
        "/",
        "/what-is-pain-medicine/",
        "/2018/12/14/",
        "/career-center/jobs/",
        "/journal/",
        "/search/?q=pain",
    ):
        reader.go(path)

    assert reader.context.cookies() == []


def test_the_policy_does_stop_what_is_written_inline(site, browser):
    """The control for every other test here: without it, no violation would prove nothing."""
    reader = open_reader(site, browser)

    def with_inline(route):
        answer = route.fetch()
        body = answer.text().replace("</body>", "<script>window.ran = 1</script><p style='color:red'>x</p></body>")
        route.fulfill(response=answer, body=body)

    reader.page.route("**/about/", with_inline)
    reader.go("/about/")

    assert len(reader.faults) >= 2
    assert reader.page.evaluate("window.ran") is None
    reader.context.close()
