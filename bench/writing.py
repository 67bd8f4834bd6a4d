"""Writing posts to measure with: Markdown as a newsroom might bring it, the same each time."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image

WORDS_OF_A_POST = 600
ONE_IN_PAID, ONE_IN_PICTURE = 3, 10
FIRST = datetime(2024, 1, 1, 6, tzinfo=UTC)
APART = timedelta(hours=7)
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()
TAGS = ("World", "Harbour", "Money", "Culture", "Opinion")
AUTHORS = ("Ada Brock", "Ben Cole", "Cleo Dunn", "Dov Ebel", "Edda Falk")


def write_posts(folder: Path, number: int) -> Path:
    """Write `number` posts into a folder and return it; one in ten has a picture, one in three is for paying members."""
    (folder / "images").mkdir(parents=True)
    for place in range(number):
        if has_picture(place):
            _picture(place).save(folder / "images" / f"{place}.jpg", quality=80)
        (folder / f"{slug(place)}.md").write_text(_post(place), encoding="utf-8")
    return folder


def slug(place: int) -> str:
    """Name a post by its place."""
    return f"post-{place:05}"


def tag_of(place: int) -> str:
    """Name the primary tag of a post."""
    return TAGS[place % len(TAGS)]


def is_paid(place: int) -> bool:
    """Say whether a post is for paying members."""
    return place % ONE_IN_PAID == 1


def has_picture(place: int) -> bool:
    """Say whether a picture stands in a post."""
    return place % ONE_IN_PICTURE == 2


def _post(place: int) -> str:
    chance = random.Random(place)
    front = [
        f'title: "{_sentence(chance, 7)[:-1]}"',
        f"slug: {slug(place)}",
        f'description: "{_sentence(chance, 14)}"',
        f"date: {(FIRST + APART * place).isoformat()}",
        f"tags: [{tag_of(place)}, {chance.choice(SYLLABLES)}]",
        f"authors: [{AUTHORS[place % len(AUTHORS)]}]",
        f"visibility: {'paid' if is_paid(place) else 'public'}",
    ]
    return "\n".join(["---", *front, "---", "", "\n\n".join(_blocks(chance, place)), ""])


def _blocks(chance: random.Random, place: int) -> list[str]:
    blocks = [_paragraph(chance) for _ in range(WORDS_OF_A_POST // 70)]
    blocks.insert(7, "\n".join(f"- {_sentence(chance, 6)}" for _ in range(4)))
    blocks.insert(5, f"> {_sentence(chance, 12)}")
    blocks.insert(3, f"## {_sentence(chance, 4)[:-1]}")
    if has_picture(place):
        blocks.insert(2, f'![{_sentence(chance, 6)}](images/{place}.jpg "{_sentence(chance, 8)}")')
    if is_paid(place):
        blocks.insert(2, "<!--more-->")
    return blocks


def _paragraph(chance: random.Random) -> str:
    words = [_sentence(chance, 14) for _ in range(5)]
    words[1] = f"**{words[1]}**"
    words[3] = f"[{words[3]}](https://paper.example/{_word(chance)}/)"
    return " ".join(words)


def _sentence(chance: random.Random, length: int) -> str:
    return " ".join(_word(chance) for _ in range(length)).capitalize() + "."


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(1, 4)))


def _picture(place: int) -> Image.Image:
    """A picture of the size that papers upload, different for each post."""
    shade = Image.radial_gradient("L").rotate(place % 360).resize((1600, 1067))
    return Image.merge("RGB", (shade, shade.transpose(Image.Transpose.FLIP_LEFT_RIGHT), shade))
