"""Asking an element of HTML what stands in it."""

from selectolax.lexbor import LexborNode


def classes(element: LexborNode) -> list[str]:
    """Return the classes of an element."""
    return (element.attributes.get("class") or "").split()


def attribute(element: LexborNode, css: str, name: str) -> str:
    """Return an attribute of the first element that fits, '' if there is none."""
    found = element.css_first(css)
    return ((found.attributes.get(name) if found else "") or "").strip()


def words(element: LexborNode, css: str) -> str:
    """Return the words of the first element that fits."""
    found = element.css_first(css)
    return " ".join(found.text().split()) if found else ""


def inner(element: LexborNode, css: str) -> str:
    """Return the HTML inside the first element that fits."""
    found = element.css_first(css)
    return "".join(child.html or "" for child in found.iter(include_text=True)) if found else ""


def one_of(element: LexborNode, prefix: str, default: str) -> str:
    """Return what follows `prefix` in the element's classes."""
    return next((name.removeprefix(prefix) for name in classes(element) if name.startswith(prefix)), default)
