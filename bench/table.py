"""Printing: small tables in plain text, and the words for numbers."""

from collections.abc import Sequence


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], *, notes: Sequence[str] = ()) -> None:
    """Print a table, its first column to the left and the others to the right, with what must be said below it."""
    widths = [max(len(line[place]) for line in [head, *rows]) for place in range(len(head))]
    print(f"\n{title}\n")
    for line in [head, ["-" * width for width in widths], *rows]:
        first, *others = (
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  " + "  ".join([first, *others]).rstrip())
    for note in notes:
        print(f"  {note}")
    print(flush=True)


def times(value: float, yardstick: float) -> str:
    """Say how many times the yardstick a value is."""
    return f"{number(value / yardstick)} x"


def number(value: float) -> str:
    """Write a number with three figures or so."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
