"""Who may read a post of Ghost, in our words; what we do not understand is closed (CHECKS.md 89)."""

from typing import Final

from masthead.access.visibility import Visibility
from masthead.importers.ghost.counterparts import ours
from masthead.importers.ghost.joins import in_order
from masthead.importers.ghost.nql import TOKEN
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import Row

UNKNOWN: Final = "unknown"  # none of ours: only staff can read the post
PRODUCT: Final = frozenset({"product", "products", "tier", "tiers", "product.slug", "products.slug"})


def visibility_of(run: Run, row: Row, problems: list[str]) -> tuple[str, list[int]]:
    """Return our visibility and the ids of our tiers; a line in `problems` for what closes the post further than Ghost did."""
    word = row.text("visibility")
    if word in (Visibility.PUBLIC, Visibility.MEMBERS, Visibility.PAID):
        return word, []
    if word == Visibility.TIERS:
        links = in_order(run.staged.where("posts_products", "post_id", row.id))
        return Visibility.TIERS, _tiers(run, [link.text("product_id") for link in links], problems)
    slugs = products_named(word)
    products = [next(iter(run.staged.where("products", "slug", slug)), None) for slug in slugs]
    if slugs and all(products):
        return Visibility.TIERS, _tiers(run, [product.id for product in products if product], problems)
    problems.append(f"its visibility “{word[:120]}” is none that we know, so it is closed to all but staff")
    return UNKNOWN, []


def _tiers(run: Run, ids: list[str], problems: list[str]) -> list[int]:
    found = []
    for id in ids:
        tier = ours("tier", id)
        product = run.staged.get("products", id)
        if tier is not None:
            found.append(tier)
        elif product and product.text("type") == "free":
            problems.append(
                "is for holders of the free tier, too, which nobody holds here; choose “members” at the desk"
            )
        else:
            problems.append(f"is for holders of the tier {id[:40] or '?'}, which is not here")
    if not found:
        problems.append("is for certain tiers and names none that is here, so it is closed to all but staff")
    return list(dict.fromkeys(found))


def products_named(text: str) -> list[str]:
    """Return the slugs of a filter such as `product:'gold',product:silver`; none for any other filter.

    Only alternatives are understood: with `+` or a `-` fewer people might be meant than we would let in.
    """
    tokens, place = [], 0
    while place < len(text) and (found := TOKEN.match(text, place)):
        tokens.append(found["sign"] or found["quoted"] or found["word"] or "")
        place = found.end()
    slugs: list[str] = []
    if place < len(text) or not tokens or len(tokens) % 4 != 3:
        return []
    for start in range(0, len(tokens), 4):
        name, colon, slug, *comma = tokens[start : start + 4]
        if name not in PRODUCT or colon != ":" or comma not in ([], [","]) or slug[:1] in ("-", "", "[", "("):
            return []
        slugs.append(slug)
    return slugs
