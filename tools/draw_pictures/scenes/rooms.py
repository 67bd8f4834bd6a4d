"""Halls and rooms, and who is in them."""

from functools import partial

from PIL import Image, ImageDraw

from tools.draw_pictures.painting import FULL, HEIGHT, WIDTH, Draw, Scene
from tools.draw_pictures.shapes import people, person

PAPER = (238, 230, 212)
LIQUIDS = [(86, 160, 150, 210), (214, 150, 80, 210), (120, 110, 160, 210)]


def podium(scene: Scene) -> None:
    """Paint a speaker between flags, before the press."""
    scene.glow((800, 330), 420, (255, 214, 150), 0.8)
    for x, depth in ((180, 0.5), (420, 0.42), (1180, 0.42), (1420, 0.5)):
        scene.layer(depth, partial(_flag, x=x))
    scene.layer(0.82, lambda draw: person(draw, 800, 720, 380))
    scene.layer(0.95, _lectern)
    scene.layer(0.98, lambda draw: people(draw, (120, 380, 1230, 1490), 1180, 330))


def _flag(draw: Draw, x: float) -> None:
    draw.line((x, 120, x, 900), fill=FULL, width=10)
    draw.polygon([(x, 140), (x + 150, 220), (x + 110, 520), (x, 470)], fill=FULL)


def _lectern(draw: Draw) -> None:
    draw.polygon([(560, 720), (1040, 720), (990, 1067), (610, 1067)], fill=FULL)
    for x, lean in ((700, -30), (770, -10), (840, 15), (910, 35)):
        draw.line((x, 720, x + lean, 600), fill=FULL, width=9)


def chamber(scene: Scene) -> None:
    """Paint a parliament, row by row."""
    scene.glow((800, 260), 460, (255, 210, 150), 0.75)
    for row in range(5):
        scene.layer(0.45 + row * 0.12, partial(_benches, row=row))


def _benches(draw: Draw, row: int) -> None:
    y = 560 + row * 105
    draw.arc((-300 - row * 90, y, 1900 + row * 90, y + 900), 180, 360, fill=FULL, width=34)
    for place in range(10):
        person(draw, 110 + place * 150 + (row % 2) * 70, y + 60 + abs(place - 4.6) * 14, 95 + row * 12)


def stage(scene: Scene) -> None:
    """Paint two players between curtains, and the heads of those who watch."""
    scene.glow((800, 640), 380, (255, 224, 160), 0.9)
    for side in (0, 1):
        for fold in range(7):
            x = fold * 62 if side == 0 else WIDTH - 62 - fold * 62
            scene.layer(0.55 + 0.06 * (fold % 3), partial(_curtain, x=x))
    scene.layer(0.85, _players)
    scene.layer(0.98, _heads)


def _curtain(draw: Draw, x: float) -> None:
    draw.rounded_rectangle((x - 12, 0, x + 70, 880), radius=30, fill=FULL)


def _players(draw: Draw) -> None:
    draw.rectangle((0, 860, WIDTH, HEIGHT), fill=FULL)
    person(draw, 740, 840, 240)
    person(draw, 900, 850, 210)


def _heads(draw: Draw) -> None:
    for x in range(-20, WIDTH, 118):
        draw.ellipse((x, 985 + (x % 3) * 12, x + 96, 1100), fill=FULL)


def ballots(scene: Scene) -> None:
    """Paint a ballot above its box."""
    scene.glow((800, 380), 420, (255, 232, 190), 0.7)
    scene.layer(0.85, lambda draw: draw.polygon([(470, 560), (1130, 560), (1090, 1067), (510, 1067)], fill=FULL))
    scene.brush().rounded_rectangle((640, 590, 960, 612), radius=10, fill=(10, 10, 14))
    turned = _ballot().rotate(9, expand=True, resample=Image.Resampling.BICUBIC)
    scene.image.paste(turned, (640, 230), turned)


def _ballot() -> Image.Image:
    paper = Image.new("RGBA", (260, 340), (244, 238, 224, 255))
    lines = ImageDraw.Draw(paper)
    for row in range(5):
        lines.rectangle((34, 50 + row * 54, 60, 76 + row * 54), outline=(70, 60, 50), width=4)
        lines.line((80, 63 + row * 54, 220, 63 + row * 54), fill=(120, 108, 92), width=6)
    return paper


def laboratory(scene: Scene) -> None:
    """Paint glasses on a bench."""
    scene.glow((560, 420), 300, (210, 255, 240), 0.6)
    scene.layer(0.8, lambda draw: draw.rectangle((0, 800, WIDTH, HEIGHT), fill=FULL))
    draw = scene.brush(see_through=True)
    for place in range(9):
        x, tall, fill = 150 + place * 150, scene.random.randint(220, 420), scene.random.randint(60, 180)
        glass, edge = (230, 246, 240, 60), (235, 250, 245, 190)
        draw.rounded_rectangle((x, 800 - tall, x + 74, 800), radius=26, fill=glass, outline=edge, width=5)
        draw.rounded_rectangle((x + 6, 794 - fill, x + 68, 794), radius=20, fill=scene.random.choice(LIQUIDS))


def press(scene: Scene) -> None:
    """Paint a row of rotary presses."""
    scene.glow((800, 300), 420, (255, 220, 170), 0.6)
    for place in range(4):
        _rotary(scene, 140 + place * 370)


def _rotary(scene: Scene, x: float) -> None:
    scene.layer(0.7, partial(_frame, x=x))
    draw = scene.brush()
    draw.ellipse((x - 30, 460, x + 130, 620), fill=PAPER)
    draw.ellipse((x + 30, 520, x + 70, 560), fill=(60, 50, 44))
    draw.polygon([(x + 50, 460), (x + 420, 330), (x + 420, 350), (x + 60, 480)], fill=PAPER)


def _frame(draw: Draw, x: float) -> None:
    draw.rectangle((x, 380, x + 250, 960), fill=FULL)
    draw.ellipse((x - 60, 430, x + 160, 650), fill=FULL)


def portrait(scene: Scene) -> None:
    """Paint somebody before a shelf."""
    scene.glow((980, 360), 380, (255, 222, 180), 0.8)
    scene.layer(0.4, _shelf, 3)
    scene.layer(0.95, _sitter)


def _shelf(draw: Draw) -> None:
    for x in range(60, 640, 84):
        draw.rectangle((x, 120, x + 60, 1067), fill=FULL)


def _sitter(draw: Draw) -> None:
    draw.ellipse((640, 230, 920, 600), fill=FULL)
    draw.rectangle((730, 560, 830, 720), fill=FULL)
    draw.rounded_rectangle((440, 680, 1130, 1200), radius=180, fill=FULL)
