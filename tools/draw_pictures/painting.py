"""A picture in the making: sky, layers, light, water, and the look of print."""

import random
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1067  # pixels
FULL = 255  # of a mask: paint in full strength
Colour = tuple[int, int, int]
Sky = tuple[Colour, Colour]  # at the top, at the bottom
Point = tuple[float, float]
Draw = ImageDraw.ImageDraw

DUSK: Sky = ((28, 42, 66), (214, 122, 84))
FOG: Sky = ((176, 186, 188), (226, 222, 210))
NOON: Sky = ((120, 158, 176), (236, 222, 190))
NIGHT: Sky = ((12, 18, 34), (58, 74, 104))
ROOM: Sky = ((58, 34, 30), (168, 108, 74))
FIELD: Sky = ((150, 178, 186), (240, 208, 140))
LAB: Sky = ((36, 62, 70), (150, 190, 182))


def mix(first: Colour, second: Colour, part: float) -> Colour:
    """Return the colour that lies `part` of the way from the first to the second."""
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(first, second, strict=True))
    return red, green, blue


def gradient(colours: Sky) -> Image.Image:
    """Paint a sky from top to bottom."""
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        column.putpixel((0, y), mix(*colours, y / HEIGHT))
    return column.resize((WIDTH, HEIGHT))


class Scene:
    """One picture; everything in it that is left to chance follows from its seed."""

    def __init__(self, seed: str, colours: Sky) -> None:
        self.random = random.Random(seed)  # noqa: S311  (the same picture each time)
        self.colours = colours
        self.image = gradient(colours)

    def ink(self, depth: float) -> Colour:
        """Return the colour of a silhouette: dark in front (1), nearly sky at the back (0)."""
        return mix(mix(*self.colours, 0.55), (20, 20, 26), depth)

    def layer(self, depth: float, paint: Callable[[Draw], object], blur: float = 0) -> None:
        """Let `paint` fill a mask, and lay ink through it, blurred by distance."""
        mask = _mask()
        paint(ImageDraw.Draw(mask))
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur))
        self.image.paste(_sheet(self.ink(depth)), (0, 0), mask)

    def glow(self, at: Point, radius: float, colour: Colour, strength: float = 0.9) -> None:
        """Add light around a point."""
        mask = _mask()
        x, y = at
        ImageDraw.Draw(mask).ellipse((x - radius, y - radius, x + radius, y + radius), fill=round(FULL * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(radius * 0.45))
        self.image = Image.composite(ImageChops.screen(self.image, _sheet(colour)), self.image, mask)

    def beam(self, corners: list[Point], colour: Colour, strength: int, blur: float) -> None:
        """Add light within a shape."""
        mask = _mask()
        ImageDraw.Draw(mask).polygon(corners, fill=strength)
        self.image.paste(_sheet(colour), (0, 0), mask.filter(ImageFilter.GaussianBlur(blur)))

    def water(self, top: int) -> None:
        """Mirror what stands above a line, with ripples."""
        above = self.image.crop((0, max(0, 2 * top - HEIGHT), WIDTH, top)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        above = above.resize((WIDTH, HEIGHT - top)).filter(ImageFilter.GaussianBlur(5))
        self.image.paste(above.point(lambda value: value * 0.82), (0, top))
        draw = self.brush(see_through=True)
        for _ in range(260):
            y = top + (HEIGHT - top) * self.random.random() ** 1.6
            length = 20 + (y - top) * self.random.random() * 0.9
            x = self.random.uniform(-50, WIDTH)
            draw.line((x, y, x + length, y), fill=(255, 240, 220, self.random.randint(10, 60)), width=2)

    def brush(self, *, see_through: bool = False) -> Draw:
        """Paint on the picture itself, in colours of one's own."""
        return ImageDraw.Draw(self.image, "RGBA" if see_through else None)

    def finish(self) -> Image.Image:
        """Add grain and darker edges, as in print."""
        noise = Image.effect_noise((WIDTH // 2, HEIGHT // 2), 34).resize((WIDTH, HEIGHT)).convert("RGB")
        grained = Image.blend(self.image, ImageChops.overlay(self.image, noise), 0.22)
        edge = Image.new("L", (WIDTH, HEIGHT), 70)
        ImageDraw.Draw(edge).ellipse((-300, -260, WIDTH + 300, HEIGHT + 260), fill=0)
        edge = edge.filter(ImageFilter.GaussianBlur(170))
        return Image.composite(_sheet((10, 10, 16)), grained, edge)


def _mask() -> Image.Image:
    return Image.new("L", (WIDTH, HEIGHT), 0)


def _sheet(colour: Colour) -> Image.Image:
    return Image.new("RGB", (WIDTH, HEIGHT), colour)
