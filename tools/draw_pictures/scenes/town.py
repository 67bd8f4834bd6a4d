"""Streets, roofs and squares."""

from functools import partial

from tools.draw_pictures.painting import FULL, HEIGHT, WIDTH, Draw, Scene
from tools.draw_pictures.shapes import people, person, skyline

FRUIT = [(196, 84, 60), (214, 160, 70), (120, 136, 74), (226, 196, 120)]


def city(scene: Scene) -> None:
    """Paint the city in three rows of houses."""
    scene.glow((1250, 620), 300, (255, 190, 130))
    skyline(scene, 760, 330, 0.35)
    skyline(scene, 860, 300, 0.65)
    skyline(scene, 980, 260, 0.95, lit=True)


def night(scene: Scene) -> None:
    """Paint the city under moon and stars."""
    draw = scene.brush(see_through=True)
    for _ in range(260):
        x, y = scene.random.uniform(0, WIDTH), scene.random.uniform(0, 560)
        draw.ellipse((x, y, x + 3, y + 3), fill=(255, 255, 240, scene.random.randint(60, 220)))
    scene.glow((300, 220), 90, (250, 246, 226))
    skyline(scene, 800, 300, 0.7, lit=True)
    scene.water(850)


def tram(scene: Scene) -> None:
    """Paint a tram with lit windows."""
    scene.glow((800, 520), 380, (255, 220, 160), 0.7)
    skyline(scene, 800, 520, 0.5, lit=True)
    scene.layer(0.92, _carriage)
    draw = scene.brush()
    for x in range(480, 1110, 110):
        draw.rounded_rectangle((x, 610, x + 84, 740), radius=12, fill=(250, 214, 140))
    draw.ellipse((450, 800, 500, 850), fill=(255, 240, 200))
    scene.water(930)


def _carriage(draw: Draw) -> None:
    draw.rounded_rectangle((430, 560, 1170, 900), radius=40, fill=FULL)
    draw.line((800, 560, 880, 430), fill=FULL, width=8)
    draw.line((0, 425, 1600, 440), fill=FULL, width=4)


def rain(scene: Scene) -> None:
    """Paint two people under umbrellas."""
    skyline(scene, 780, 480, 0.6, lit=True)
    scene.glow((380, 420), 120, (255, 220, 150))
    scene.layer(0.95, _umbrellas)
    scene.water(930)
    draw = scene.brush(see_through=True)
    for _ in range(900):
        x, y = scene.random.uniform(0, WIDTH), scene.random.uniform(-60, HEIGHT)
        draw.line((x, y, x - 9, y + 46), fill=(230, 236, 240, scene.random.randint(20, 80)), width=2)


def _umbrellas(draw: Draw) -> None:
    for x in (560, 1080):
        draw.pieslice((x - 130, 640, x + 130, 900), 180, 360, fill=FULL)
        draw.line((x, 760, x, 960), fill=FULL, width=8)
        person(draw, x + 20, 980, 170)


def market(scene: Scene) -> None:
    """Paint market stalls with fruit."""
    skyline(scene, 620, 300, 0.3)
    for place in range(5):
        scene.layer(0.7 + 0.05 * (place % 2), partial(_stall, x=place * 340 - 60))
    draw = scene.brush()
    for _ in range(240):
        x, y = scene.random.uniform(0, WIDTH), scene.random.uniform(835, 865)
        draw.ellipse((x - 15, y - 15, x + 15, y + 15), fill=scene.random.choice(FRUIT))
    scene.layer(0.97, lambda draw: people(draw, (240, 700, 1330), 1150, 300))


def _stall(draw: Draw, x: float) -> None:
    draw.polygon([(x, 560), (x + 320, 560), (x + 370, 700), (x - 50, 700)], fill=FULL)
    draw.rectangle((x + 10, 700, x + 24, 960), fill=FULL)
    draw.rectangle((x + 296, 700, x + 310, 960), fill=FULL)
    draw.rectangle((x - 10, 860, x + 330, 960), fill=FULL)


def roofs(scene: Scene) -> None:
    """Paint roofs with solar panels."""
    scene.glow((1240, 260), 200, (255, 246, 210))
    skyline(scene, 640, 180, 0.25)
    for row in range(3):
        for place in range(5):
            _panelled(scene, place * 360 - row * 90, 600 + row * 160, 0.55 + row * 0.15)


def _panelled(scene: Scene, x: float, y: float, depth: float) -> None:
    roof = [(x, y + 130), (x + 70, y), (x + 330, y), (x + 300, y + 130)]
    scene.layer(depth, lambda draw: draw.polygon(roof, fill=FULL))
    draw = scene.brush(see_through=True)
    for panel in range(1, 5):
        draw.line((x + panel * 60, y + 130, x + 70 + panel * 52, y), fill=(210, 226, 232, 150), width=3)
