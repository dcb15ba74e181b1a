"""The builder in a real browser: keyboard and drag, focus that stays, two tabs, a phone, both themes."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.e2e.server import Server

NewPage = Callable[..., Page]
PHONE = {"width": 390, "height": 844}


def build(page: Page, *slugs: str) -> None:
    """Start a routine by its first stretch and add the others."""
    page.goto("/routines/new/")
    page.locator(f"#add-{slugs[0]}").click()
    page.wait_for_url("**/edit/")
    for number, slug in enumerate(slugs[1:], 2):
        page.locator(f"#add-{slug}").click()
        expect(page.locator("li[data-step]")).to_have_count(number)


def order(page: Page) -> list[str]:
    return [str(li.get_attribute("data-stretch")) for li in page.locator("li[data-step]").all()]


def total(page: Page) -> int:
    return int(page.locator("#total-time").get_attribute("value") or -1)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText.trim()"))


def test_by_keyboard_focus_stays_on_what_was_used(server: Server, new_page: NewPage) -> None:
    page = new_page(server)
    build(page, "walking", "cat-cow", "knee-to-chest")
    page.get_by_role("button", name="Move Knee to chest up").press("Enter")
    expect(page.locator("#build-said")).to_have_text("Knee to chest is now step 2.")
    assert order(page) == ["walking", "knee-to-chest", "cat-cow"]
    assert focused(page) == "Move Knee to chest up"
    page.keyboard.press("Enter")
    expect(page.locator("#build-said")).to_have_text("Knee to chest is now step 1.")
    assert focused(page) == "Move Knee to chest up"

    page.get_by_role("button", name="Remove Knee to chest").press("Enter")
    expect(page.locator("#removed")).to_be_visible()
    assert focused(page).startswith("Undo")
    page.keyboard.press("Enter")
    expect(page.locator("#removed")).to_have_count(0)
    assert order(page) == ["knee-to-chest", "walking", "cat-cow"]
    assert focused(page) == "Change\nKnee to chest"


def test_a_step_is_dragged_by_its_handle(server: Server, new_page: NewPage) -> None:
    page = new_page(server)
    build(page, "walking", "cat-cow", "knee-to-chest")
    page.locator("h1").scroll_into_view_if_needed()
    handle, goal = (page.locator(".grip").nth(n).bounding_box() for n in (2, 0))
    assert handle
    assert goal
    page.mouse.move(handle["x"] + 5, handle["y"] + 5)
    page.mouse.down()
    page.mouse.move(goal["x"] + 5, goal["y"] + 5, steps=12)
    page.mouse.move(goal["x"] + 5, goal["y"] - 20, steps=6)
    page.mouse.up()
    expect(page.locator("#build-said")).to_have_text("The new order is saved.")
    assert order(page) == ["knee-to-chest", "walking", "cat-cow"]
    page.reload()
    assert order(page) == ["knee-to-chest", "walking", "cat-cow"]


def test_quick_taps_are_saved_and_the_total_follows(server: Server, new_page: NewPage) -> None:
    page = new_page(server)
    build(page, "knee-to-chest")
    assert total(page) == 150
    page.get_by_role("link", name="Change Knee to chest").click()
    more = page.get_by_role("button", name="more: Hold, in seconds")
    more.click()
    more.click()
    expect(page.locator("#total-time")).to_have_attribute("value", "190")
    assert page.get_by_label("Hold, in seconds", exact=True).input_value() == "40"

    page.get_by_label("Sets", exact=True).fill("9")
    page.get_by_label("Sets", exact=True).press("Tab")
    expect(page.get_by_text("Please choose 1 to 4 sets.")).to_be_visible()
    assert page.get_by_label("Sets", exact=True).input_value() == "9"
    assert total(page) == 190


def test_a_tap_during_an_answer_is_not_taken_back(server: Server, new_page: NewPage) -> None:
    page = new_page(server)
    build(page, "knee-to-chest")
    page.get_by_role("link", name="Change Knee to chest").click()
    more = page.get_by_role("button", name="more: Hold, in seconds")
    waiting: list[Route] = []
    page.route("**/steps/*/", lambda route: waiting.append(route) if not waiting else route.continue_())
    with page.expect_request("**/steps/*/"):
        more.click()
    # The answer to the first tap is still on its way.
    more.click()
    waiting[0].continue_()
    expect(page.locator("#total-time")).to_have_attribute("value", "190")
    assert page.get_by_label("Hold, in seconds", exact=True).input_value() == "40"


def test_quick_additions_are_no_conflict_with_themselves(server: Server, new_page: NewPage) -> None:
    page = new_page(server)
    build(page, "walking")
    page.evaluate(
        "for (const slug of ['cat-cow', 'knee-to-chest', 'cat-cow']) document.getElementById(`add-${slug}`).click()"
    )
    expect(page.locator("li[data-step]")).to_have_count(4)
    assert order(page) == ["walking", "cat-cow", "knee-to-chest", "cat-cow"]


def test_two_tabs_get_a_choice(server: Server, new_page: NewPage) -> None:
    page = new_page(server, statuses=(409, 422))
    build(page, "walking")
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#add-cat-cow").click()
    expect(other.locator("li[data-step]")).to_have_count(2)

    page.get_by_text("Name and purpose").click()
    page.get_by_label("Name", exact=True).fill("My slow mornings")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="This routine was changed meanwhile")).to_be_focused()
    expect(page.get_by_role("region", name="What you were saving")).to_contain_text("My slow mornings")
    expect(page.get_by_role("region", name="What is saved now")).to_contain_text("Cat-cow")
    page.get_by_role("button", name="Save mine now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My slow mornings")
    assert order(page) == ["walking", "cat-cow"]


def test_searching_inside_leaves_the_routine_alone(server: Server, new_page: NewPage) -> None:
    page = new_page(server)
    build(page, "walking")
    page.get_by_label("Search").press_sequentially("hamstrng")
    expect(page.locator("#picker-results li").first).to_contain_text("amstring")
    assert page.get_by_label("Search").input_value() == "hamstrng"
    page.locator("#picker-results button").first.click()
    expect(page.locator("li[data-step]")).to_have_count(2)
    assert page.get_by_label("Search").input_value() == "hamstrng"


def test_leaving_the_search_by_a_slow_press_does_not_lose_it(server: Server, new_page: NewPage) -> None:
    page = new_page(server)
    build(page, "walking")
    page.get_by_label("Search").fill("cat-cow")
    expect(page.locator("#picker-results li")).to_have_count(1)
    page.locator("#add-cat-cow").click(delay=500)
    expect(page.locator("li[data-step]")).to_have_count(2)


def test_on_a_phone_the_total_is_always_in_view(server: Server, new_page: NewPage) -> None:
    page = new_page(server, viewport=PHONE)
    build(page, "walking", "cat-cow", "knee-to-chest", "chest-opener", "standing-calf")
    for where in ("0", "document.body.scrollHeight / 2", "document.body.scrollHeight"):
        page.evaluate(f"scrollTo(0, {where})")
        expect(page.locator("#total-time")).to_be_in_viewport()
