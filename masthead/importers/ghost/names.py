"""Names joined by commas, as Ghost writes the labels and tiers of a member into one cell."""

from collections.abc import Collection


def split_names(text: str, known: Collection[str]) -> list[str]:
    """Return the names in a cell; one that has a comma itself is found if it is known, the longest first.

    What is not known is split at every comma. A name stands once in the answer.
    """
    parts, names, start = text.split(","), [], 0
    while start < len(parts):
        end = next((end for end in range(len(parts), start + 1, -1) if _joined(parts, start, end) in known), start + 1)
        names.append(_joined(parts, start, end))
        start = end
    return list(dict.fromkeys(filter(None, names)))


def _joined(parts: list[str], start: int, end: int) -> str:
    return ",".join(parts[start:end]).strip()
