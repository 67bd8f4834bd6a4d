"""Draws the pictures of the demo's paper: layered silhouettes under a sky, each from a seed.

Run it to draw them again: python bench/draw_pictures.py masthead/ops/demo/paper/posts/images
"""

import random
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1067
Colour = tuple[int, int, int]
Point = tuple[float, float]
DUSK = ((28, 42, 66), (214, 122, 84))
FOG = ((176, 186, 188), (226, 222, 210))
NOON = ((120, 158, 176), (236, 222, 190))
NIGHT = ((12, 18, 34), (58, 74, 104))
ROOM = ((58, 34, 30), (168, 108, 74))
FIELD = ((150, 178, 186), (240, 208, 140))
LAB = ((36, 62, 70), (150, 190, 182))


def mix(first: Colour, second: Colour, part: float) -> Colour:
    """Return the colour that lies `part` of the way from the first to the second."""
    return tuple(round(a + (b - a) * part) for a, b in zip(first, second, strict=True))  # type: ignore[return-value]


def sky(colours: tuple[Colour, Colour]) -> Image.Image:
    """Paint a vertical gradient."""
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        column.putpixel((0, y), mix(colours[0], colours[1], y / HEIGHT))
    return column.resize((WIDTH, HEIGHT))


class Scene:
    """A picture in the making."""

    def __init__(self, seed: str, colours: tuple[Colour, Colour]) -> None:
        self.random = random.Random(seed)
        self.colours = colours
        self.image = sky(colours)

    def ink(self, depth: float) -> Colour:
        """Return the colour of a silhouette: dark in front (1), nearly sky at the back (0)."""
        return mix(mix(self.colours[0], self.colours[1], 0.55), (20, 20, 26), depth)

    def layer(self, depth: float, paint: Callable[[ImageDraw.ImageDraw, Colour], object], blur: float = 0) -> None:
        """Paint on a layer of its own, blurred by distance."""
        mask = Image.new("L", (WIDTH, HEIGHT), 0)
        paint(ImageDraw.Draw(mask), (255, 255, 255))
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur))
        self.image.paste(Image.new("RGB", (WIDTH, HEIGHT), self.ink(depth)), (0, 0), mask)

    def glow(self, at: Point, radius: float, colour: Colour, strength: float = 0.9) -> None:
        """Add light around a point."""
        mask = Image.new("L", (WIDTH, HEIGHT), 0)
        x, y = at
        ImageDraw.Draw(mask).ellipse((x - radius, y - radius, x + radius, y + radius), fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(radius * 0.45))
        light = Image.new("RGB", (WIDTH, HEIGHT), colour)
        self.image = Image.composite(ImageChops.screen(self.image, light), self.image, mask)

    def water(self, top: int) -> None:
        """Mirror what stands above a line, with ripples."""
        above = self.image.crop((0, max(0, 2 * top - HEIGHT), WIDTH, top)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        above = above.resize((WIDTH, HEIGHT - top)).filter(ImageFilter.GaussianBlur(5))
        self.image.paste(above.point(lambda value: value * 0.82), (0, top))
        draw = ImageDraw.Draw(self.image, "RGBA")
        for _ in range(260):
            y = top + (HEIGHT - top) * self.random.random() ** 1.6
            length = 20 + (y - top) * self.random.random() * 0.9
            x = self.random.uniform(-50, WIDTH)
            draw.line((x, y, x + length, y), fill=(255, 240, 220, self.random.randint(10, 60)), width=2)

    def finish(self) -> Image.Image:
        """Add grain and darker edges, as in print."""
        noise = Image.effect_noise((WIDTH // 2, HEIGHT // 2), 34).resize((WIDTH, HEIGHT)).convert("RGB")
        grained = Image.blend(self.image, ImageChops.overlay(self.image, noise), 0.22)
        edge = Image.new("L", (WIDTH, HEIGHT), 70)
        ImageDraw.Draw(edge).ellipse((-300, -260, WIDTH + 300, HEIGHT + 260), fill=0)
        edge = edge.filter(ImageFilter.GaussianBlur(170))
        return Image.composite(Image.new("RGB", (WIDTH, HEIGHT), (10, 10, 16)), grained, edge)


def hills(scene: Scene, base: int, height: int, depth: float) -> None:
    """A ridge across the picture."""

    def paint(draw: ImageDraw.ImageDraw, ink: Colour) -> None:
        points, y = [(0.0, float(HEIGHT))], float(base)
        for x in range(0, WIDTH + 40, 40):
            y = min(max(y + scene.random.uniform(-height, height), base - 4 * height), base + height)
            points.append((x, y))
        draw.polygon([*points, (WIDTH, HEIGHT)], fill=255)

    scene.layer(depth, paint, blur=(1 - depth) * 4)


def skyline(scene: Scene, base: int, tallest: int, depth: float, lit: bool = False) -> None:
    """Houses across the picture, some with light in the windows."""
    boxes: list[tuple[float, float, float]] = []
    x = -20.0
    while x < WIDTH:
        width = scene.random.uniform(50, 130)
        boxes.append((x, base - scene.random.uniform(0.3, 1) * tallest, width))
        x += width + scene.random.uniform(-4, 10)

    def paint(draw: ImageDraw.ImageDraw, ink: Colour) -> None:
        for left, top, width in boxes:
            draw.rectangle((left, top, left + width, HEIGHT), fill=255)
            if scene.random.random() < 0.5:
                draw.polygon([(left, top), (left + width / 2, top - width * 0.35), (left + width, top)], fill=255)

    scene.layer(depth, paint, blur=(1 - depth) * 3)
    if lit:
        draw = ImageDraw.Draw(scene.image, "RGBA")
        for left, top, width in boxes:
            for wx in range(round(left) + 12, round(left + width) - 14, 24):
                for wy in range(round(top) + 16, base + 40, 34):
                    if scene.random.random() < 0.3:
                        draw.rectangle((wx, wy, wx + 9, wy + 14), fill=(255, 214, 140, scene.random.randint(90, 220)))


def crane(draw: ImageDraw.ImageDraw, x: float, base: float, size: float) -> None:
    """A harbour crane."""
    top = base - size
    for leg in (-0.16, 0.16):
        draw.line((x + leg * size, base, x, top), fill=255, width=max(3, round(size * 0.028)))
    for rung in range(5):
        y, half = base - size * (rung + 1) / 6, 0.16 * size * (1 - (rung + 1) / 6)
        draw.line((x - half, y, x + half, y), fill=255, width=3)
    draw.line(
        (x - size * 0.35, top + size * 0.06, x + size * 0.8, top - size * 0.16), fill=255, width=round(size * 0.03)
    )
    draw.line((x, top - size * 0.22, x + size * 0.8, top - size * 0.16), fill=255, width=3)
    draw.line((x, top, x, top - size * 0.22), fill=255, width=6)
    draw.line((x + size * 0.62, top - size * 0.1, x + size * 0.62, top + size * 0.3), fill=255, width=3)
    draw.rectangle((x + size * 0.56, top + size * 0.3, x + size * 0.68, top + size * 0.38), fill=255)


def ship(draw: ImageDraw.ImageDraw, x: float, y: float, size: float) -> None:
    """A freighter with containers."""
    draw.polygon(
        [(x, y), (x + size, y), (x + size * 0.93, y + size * 0.12), (x + size * 0.05, y + size * 0.12)], fill=255
    )
    draw.rectangle((x + size * 0.05, y - size * 0.2, x + size * 0.2, y), fill=255)
    draw.rectangle((x + size * 0.09, y - size * 0.28, x + size * 0.15, y - size * 0.2), fill=255)
    for place in range(7):
        left = x + size * (0.24 + place * 0.095)
        draw.rectangle((left, y - size * (0.06 + 0.03 * (place % 3)), left + size * 0.088, y), fill=255)
    draw.line((x + size * 0.95, y, x + size * 0.95, y - size * 0.15), fill=255, width=4)


def person(draw: ImageDraw.ImageDraw, x: float, base: float, size: float) -> None:
    """A standing figure from the waist up."""
    draw.ellipse((x - size * 0.13, base - size, x + size * 0.13, base - size * 0.7), fill=255)
    draw.rounded_rectangle(
        (x - size * 0.3, base - size * 0.66, x + size * 0.3, base + size), radius=round(size * 0.2), fill=255
    )


def harbour(scene: Scene) -> None:
    scene.glow((1150, 600), 260, (255, 190, 120))
    hills(scene, 640, 10, 0.35)
    scene.layer(0.65, lambda d, i: [crane(d, x, 690, s) for x, s in ((300, 330), (560, 380), (820, 300))], 1)
    scene.layer(0.8, lambda d, i: ship(d, 900, 670, 560))
    scene.water(710)
    scene.layer(0.97, lambda d, i: crane(d, 150, 1067, 720))


def anchored(scene: Scene) -> None:
    scene.glow((420, 480), 190, (255, 226, 180))
    hills(scene, 600, 8, 0.25)
    scene.layer(0.75, lambda d, i: ship(d, 480, 620, 760))
    scene.water(680)


def podium(scene: Scene) -> None:
    scene.glow((800, 330), 420, (255, 214, 150), 0.8)
    for x, shade in ((180, 0.5), (420, 0.42), (1180, 0.42), (1420, 0.5)):
        scene.layer(
            shade,
            lambda d, i, x=x: (
                (
                    d.line((x, 120, x, 900), fill=255, width=10),
                    d.polygon([(x, 140), (x + 150, 220), (x + 110, 520), (x, 470)], fill=255),
                )
            ),
        )
    scene.layer(0.82, lambda d, i: person(d, 800, 720, 380))
    scene.layer(
        0.95,
        lambda d, i: (
            (
                d.polygon([(560, 720), (1040, 720), (990, 1067), (610, 1067)], fill=255),
                [
                    d.line((x, 720, x + t, 600), fill=255, width=9)
                    for x, t in ((700, -30), (770, -10), (840, 15), (910, 35))
                ],
            )
        ),
    )
    scene.layer(0.98, lambda d, i: [person(d, x, 1180, 330) for x in (120, 380, 1230, 1490)])


def city_dusk(scene: Scene) -> None:
    scene.glow((1250, 620), 300, (255, 190, 130))
    skyline(scene, 760, 330, 0.35)
    skyline(scene, 860, 300, 0.65)
    skyline(scene, 980, 260, 0.95, lit=True)


def tram(scene: Scene) -> None:
    scene.glow((800, 520), 380, (255, 220, 160), 0.7)
    skyline(scene, 800, 520, 0.5, lit=True)
    scene.layer(
        0.92,
        lambda d, i: (
            (
                d.rounded_rectangle((430, 560, 1170, 900), radius=40, fill=255),
                d.line((800, 560, 880, 430), fill=255, width=8),
                d.line((0, 425, 1600, 440), fill=255, width=4),
            )
        ),
    )
    draw = ImageDraw.Draw(scene.image)
    for x in range(480, 1110, 110):
        draw.rounded_rectangle((x, 610, x + 84, 740), radius=12, fill=(250, 214, 140))
    draw.ellipse((450, 800, 500, 850), fill=(255, 240, 200))
    scene.water(930)


def chamber(scene: Scene) -> None:
    scene.glow((800, 260), 460, (255, 210, 150), 0.75)
    for row in range(5):
        y = 560 + row * 105
        scene.layer(
            0.45 + row * 0.12,
            lambda d, i, y=y, row=row: (
                (
                    d.arc((-300 - row * 90, y, 1900 + row * 90, y + 900), 180, 360, fill=255, width=34),
                    [
                        person(d, 110 + k * 150 + (row % 2) * 70, y + 60 + abs(k - 4.6) * 14, 95 + row * 12)
                        for k in range(10)
                    ],
                )
            ),
        )


def bridge(scene: Scene) -> None:
    skyline(scene, 720, 160, 0.12)

    def paint(draw: ImageDraw.ImageDraw, ink: Colour) -> None:
        draw.rectangle((0, 640, WIDTH, 672), fill=255)
        for x in (430, 1170):
            draw.rectangle((x - 24, 250, x + 24, 900), fill=255)
        for left, right in ((-310, 430), (430, 1170), (1170, 1910)):
            for step in range(41):
                part = step / 40
                x, y = left + (right - left) * part, 270 + 1400 * part * (1 - part)
                draw.line((x, min(y, 640), x, 640), fill=255, width=3)
                draw.ellipse((x - 8, min(y, 640) - 8, x + 8, min(y, 640) + 8), fill=255)

    scene.layer(0.5, paint, 1)
    scene.water(760)


def rain(scene: Scene) -> None:
    skyline(scene, 780, 480, 0.6, lit=True)
    scene.glow((380, 420), 120, (255, 220, 150))
    scene.layer(
        0.95,
        lambda d, i: (
            [
                (
                    d.pieslice((x - 130, 640, x + 130, 900), 180, 360, fill=255),
                    d.line((x, 760, x, 960), fill=255, width=8),
                    person(d, x + 20, 980, 170),
                )
                for x in (560, 1080)
            ]
        ),
    )
    scene.water(930)
    draw = ImageDraw.Draw(scene.image, "RGBA")
    for _ in range(900):
        x, y = scene.random.uniform(0, WIDTH), scene.random.uniform(-60, HEIGHT)
        draw.line((x, y, x - 9, y + 46), fill=(230, 236, 240, scene.random.randint(20, 80)), width=2)


def market(scene: Scene) -> None:
    skyline(scene, 620, 300, 0.3)
    for place in range(5):
        x, shade = place * 340 - 60, 0.7 + 0.05 * (place % 2)
        scene.layer(
            shade,
            lambda d, i, x=x: (
                (
                    d.polygon([(x, 560), (x + 320, 560), (x + 370, 700), (x - 50, 700)], fill=255),
                    d.rectangle((x + 10, 700, x + 24, 960), fill=255),
                    d.rectangle((x + 296, 700, x + 310, 960), fill=255),
                    d.rectangle((x - 10, 860, x + 330, 960), fill=255),
                )
            ),
        )
    draw = ImageDraw.Draw(scene.image)
    for _ in range(240):
        x, y = scene.random.uniform(0, WIDTH), scene.random.uniform(835, 865)
        draw.ellipse(
            (x - 15, y - 15, x + 15, y + 15),
            fill=scene.random.choice([(196, 84, 60), (214, 160, 70), (120, 136, 74), (226, 196, 120)]),
        )
    scene.layer(0.97, lambda d, i: [person(d, x, 1150, 300) for x in (240, 700, 1330)])


def wheat(scene: Scene) -> None:
    scene.glow((1100, 380), 240, (255, 236, 190))
    hills(scene, 560, 14, 0.3)
    hills(scene, 640, 10, 0.5)
    draw = ImageDraw.Draw(scene.image)
    for _ in range(2600):
        x, y = scene.random.uniform(0, WIDTH), 640 + 427 * scene.random.random() ** 0.7
        size = (y - 560) * 0.16
        draw.line(
            (x, y, x + size * 0.2, y - size), fill=mix((188, 148, 70), (96, 66, 34), scene.random.random()), width=3
        )


def lighthouse(scene: Scene) -> None:
    scene.glow((1020, 330), 260, (255, 240, 190))
    hills(scene, 760, 16, 0.5)
    scene.layer(
        0.9,
        lambda d, i: (
            (
                d.polygon([(960, 380), (1080, 380), (1120, 800), (920, 800)], fill=255),
                d.rectangle((975, 300, 1065, 380), fill=255),
                d.polygon([(960, 300), (1020, 240), (1080, 300)], fill=255),
            )
        ),
    )
    beam = Image.new("L", (WIDTH, HEIGHT), 0)
    ImageDraw.Draw(beam).polygon([(1020, 340), (0, 120), (0, 420)], fill=120)
    scene.image.paste(
        Image.new("RGB", (WIDTH, HEIGHT), (255, 240, 200)), (0, 0), beam.filter(ImageFilter.GaussianBlur(24))
    )
    scene.water(840)


def laboratory(scene: Scene) -> None:
    scene.glow((560, 420), 300, (210, 255, 240), 0.6)
    scene.layer(0.8, lambda d, i: d.rectangle((0, 800, WIDTH, HEIGHT), fill=255))
    draw = ImageDraw.Draw(scene.image, "RGBA")
    for place in range(9):
        x, tall, fill = 150 + place * 150, scene.random.randint(220, 420), scene.random.randint(60, 180)
        draw.rounded_rectangle(
            (x, 800 - tall, x + 74, 800), radius=26, fill=(230, 246, 240, 60), outline=(235, 250, 245, 190), width=5
        )
        draw.rounded_rectangle(
            (x + 6, 794 - fill, x + 68, 794),
            radius=20,
            fill=scene.random.choice([(86, 160, 150, 210), (214, 150, 80, 210), (120, 110, 160, 210)]),
        )


def stage(scene: Scene) -> None:
    scene.glow((800, 640), 380, (255, 224, 160), 0.9)
    for side in (0, 1):
        for fold in range(7):
            x = fold * 62 if side == 0 else WIDTH - 62 - fold * 62
            scene.layer(
                0.55 + 0.06 * (fold % 3),
                lambda d, i, x=x: d.rounded_rectangle((x - 12, 0, x + 70, 880), radius=30, fill=255),
            )
    scene.layer(
        0.85,
        lambda d, i: (
            (d.rectangle((0, 860, WIDTH, HEIGHT), fill=255), person(d, 740, 840, 240), person(d, 900, 850, 210))
        ),
    )
    scene.layer(
        0.98,
        lambda d, i: ([d.ellipse((x, 985 + (x % 3) * 12, x + 96, 1100), fill=255) for x in range(-20, WIDTH, 118)]),
    )


def ballots(scene: Scene) -> None:
    scene.glow((800, 380), 420, (255, 232, 190), 0.7)
    scene.layer(0.85, lambda d, i: d.polygon([(470, 560), (1130, 560), (1090, 1067), (510, 1067)], fill=255))
    draw = ImageDraw.Draw(scene.image)
    draw.rounded_rectangle((640, 590, 960, 612), radius=10, fill=(10, 10, 14))
    paper = Image.new("RGBA", (260, 340), (244, 238, 224, 255))
    lines = ImageDraw.Draw(paper)
    for row in range(5):
        lines.rectangle((34, 50 + row * 54, 60, 76 + row * 54), outline=(70, 60, 50), width=4)
        lines.line((80, 63 + row * 54, 220, 63 + row * 54), fill=(120, 108, 92), width=6)
    turned = paper.rotate(9, expand=True, resample=Image.Resampling.BICUBIC)
    scene.image.paste(turned, (640, 230), turned)


def roofs(scene: Scene) -> None:
    scene.glow((1240, 260), 200, (255, 246, 210))
    skyline(scene, 640, 180, 0.25)
    for row in range(3):
        for place in range(5):
            x, y = place * 360 - row * 90, 600 + row * 160
            scene.layer(
                0.55 + row * 0.15,
                lambda d, i, x=x, y=y: d.polygon(
                    [(x, y + 130), (x + 70, y), (x + 330, y), (x + 300, y + 130)], fill=255
                ),
            )
            draw = ImageDraw.Draw(scene.image, "RGBA")
            for k in range(1, 5):
                draw.line((x + k * 60, y + 130, x + 70 + k * 52, y), fill=(210, 226, 232, 150), width=3)


def reservoir(scene: Scene) -> None:
    hills(scene, 520, 22, 0.35)
    hills(scene, 600, 16, 0.5)
    draw = ImageDraw.Draw(scene.image)
    draw.rectangle((0, 650, WIDTH, HEIGHT), fill=(186, 152, 112))
    points = [(scene.random.uniform(0, WIDTH), 650 + 417 * scene.random.random() ** 0.8) for _ in range(420)]
    for x, y in points:
        for _ in range(3):
            size = (y - 600) * 0.3
            draw.line(
                (x, y, x + scene.random.uniform(-size, size), y + scene.random.uniform(-size, size) * 0.4),
                fill=(112, 84, 58),
                width=3,
            )
    draw.ellipse((520, 690, 1180, 770), fill=(110, 140, 150))


def sea_map(scene: Scene) -> None:
    scene.image = Image.new("RGB", (WIDTH, HEIGHT), (206, 214, 206))
    draw = ImageDraw.Draw(scene.image)
    for colour, x0, y0, step in (((184, 164, 126), 0, 0, 1), ((196, 176, 138), WIDTH, HEIGHT, -1)):
        points = [(x0, y0)]
        for k in range(26):
            points.append((x0 + step * (620 + scene.random.uniform(-130, 130) - k * 9), y0 + step * k * 44))
        points.append((x0, y0 + step * 1100))
        draw.polygon(points, fill=colour, outline=(110, 92, 66))
    for k in range(34):
        x = 560 + k * 16
        draw.ellipse((x, 930 - k * 24, x + 9, 939 - k * 24), fill=(140, 40, 36))
    for k in range(0, WIDTH, 160):
        draw.line((k, 0, k, HEIGHT), fill=(176, 186, 178), width=1)
        draw.line((0, k, WIDTH, k), fill=(176, 186, 178), width=1)


def press(scene: Scene) -> None:
    scene.glow((800, 300), 420, (255, 220, 170), 0.6)
    for place in range(4):
        x = 140 + place * 370
        scene.layer(
            0.7,
            lambda d, i, x=x: (
                (d.rectangle((x, 380, x + 250, 960), fill=255), d.ellipse((x - 60, 430, x + 160, 650), fill=255))
            ),
        )
        draw = ImageDraw.Draw(scene.image)
        draw.ellipse((x - 30, 460, x + 130, 620), fill=(238, 230, 212))
        draw.ellipse((x + 30, 520, x + 70, 560), fill=(60, 50, 44))
        draw.polygon([(x + 50, 460), (x + 420, 330), (x + 420, 350), (x + 60, 480)], fill=(238, 230, 212))


def portrait(scene: Scene) -> None:
    scene.glow((980, 360), 380, (255, 222, 180), 0.8)
    scene.layer(0.4, lambda d, i: [d.rectangle((x, 120, x + 60, 1067), fill=255) for x in range(60, 640, 84)], 3)
    scene.layer(
        0.95,
        lambda d, i: (
            (
                d.ellipse((640, 230, 920, 600), fill=255),
                d.rectangle((730, 560, 830, 720), fill=255),
                d.rounded_rectangle((440, 680, 1130, 1200), radius=180, fill=255),
            )
        ),
    )


def night(scene: Scene) -> None:
    draw = ImageDraw.Draw(scene.image, "RGBA")
    for _ in range(260):
        x, y = scene.random.uniform(0, WIDTH), scene.random.uniform(0, 560)
        draw.ellipse((x, y, x + 3, y + 3), fill=(255, 255, 240, scene.random.randint(60, 220)))
    scene.glow((300, 220), 90, (250, 246, 226))
    skyline(scene, 800, 300, 0.7, lit=True)
    scene.water(850)


SCENES: dict[str, tuple[Callable[[Scene], None], tuple[Colour, Colour]]] = {
    "harbour": (harbour, DUSK), "anchored": (anchored, FOG), "podium": (podium, ROOM), "city": (city_dusk, DUSK),
    "tram": (tram, NIGHT), "chamber": (chamber, ROOM), "bridge": (bridge, FOG), "rain": (rain, NIGHT),
    "market": (market, NOON), "wheat": (wheat, FIELD), "lighthouse": (lighthouse, DUSK), "laboratory": (laboratory, LAB),
    "stage": (stage, ROOM), "ballots": (ballots, ROOM), "roofs": (roofs, NOON), "reservoir": (reservoir, FIELD),
    "map": (sea_map, NOON), "press": (press, ROOM), "portrait": (portrait, ROOM), "night": (night, NIGHT),
    "strait": (anchored, DUSK), "quay": (harbour, FOG),
}  # fmt: skip
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' photoshop:Credit="{credit}"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">{caption}</rdf:li></rdf:Alt>'
    "</dc:description></rdf:Description></rdf:RDF></x:xmpmeta>"
)
CAPTIONS = {
    "lighthouse": "The Cabo Reis light, which went automatic in October.",
    "reservoir": "The Alva reservoir at a fifth of its capacity.",
}


def main() -> None:
    """Draw every picture into the folder that is named."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, (paint, colours) in SCENES.items():
        scene = Scene(name, colours)
        paint(scene)
        told = {}
        if name in CAPTIONS:
            told["xmp"] = XMP.format(
                credit="Illustration: M. Sorel / The Vessaly Tide", caption=CAPTIONS[name]
            ).encode()
        scene.finish().save(folder / f"{name}.jpg", quality=64, optimize=True, progressive=True, **told)


if __name__ == "__main__":
    main()
