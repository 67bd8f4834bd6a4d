"""Whether a page fits its window."""

from playwright.sync_api import Page

# What sticks out of the window and can be reached there; what scrolls in a box of its own, as a wide table may, is left out.
STICKS_OUT = """() => {
  const scrolls = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
      if (getComputedStyle(box).overflowX !== "visible") return true;
    return false;
  };
  const width = document.documentElement.clientWidth;
  return [...document.body.querySelectorAll("*")]
    .filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 1 && box.height > 1 && (box.right > width + 1 || box.left < -1) && !scrolls(element);
    })
    .map((element) => `${element.tagName} ${element.className}: ${element.textContent.trim().slice(0, 60)}`);
}"""


SCROLLS_TO = """() => Math.max(...[10000, -10000].map((x) => { scrollTo(x, 0); return Math.abs(scrollX); }))"""


def sideways(page: Page) -> list[str]:
    """Return what makes the page scroll sideways, or is cut off at its edge; nothing for a page that fits."""
    found: list[str] = page.evaluate(STICKS_OUT)
    moved = page.evaluate(SCROLLS_TO)
    page.evaluate("scrollTo(0, 0)")
    return found + ([f"the page scrolls sideways by {moved} pixels"] if moved else [])
