"""What stands in more than one picture: people, ships and cranes, hills and houses."""

from tools.draw_pictures.painting import FULL, HEIGHT, WIDTH, Draw, Point, Scene

House = tuple[float, float, float]  # left, top, width


def person(draw: Draw, x: float, base: float, size: float) -> None:
    """Paint a standing figure from the waist up."""
    draw.ellipse((x - size * 0.13, base - size, x + size * 0.13, base - size * 0.7), fill=FULL)
    body = (x - size * 0.3, base - size * 0.66, x + size * 0.3, base + size)
    draw.rounded_rectangle(body, radius=round(size * 0.2), fill=FULL)


def people(draw: Draw, xs: tuple[float, ...], base: float, size: float) -> None:
    """Paint several figures on one line."""
    for x in xs:
        person(draw, x, base, size)


def crane(draw: Draw, x: float, base: float, size: float) -> None:
    """Paint a harbour crane."""
    top = base - size
    tip = (x + size * 0.8, top - size * 0.16)
    for leg in (-0.16, 0.16):
        draw.line((x + leg * size, base, x, top), fill=FULL, width=max(3, round(size * 0.028)))
    for rung in range(5):
        y, half = base - size * (rung + 1) / 6, 0.16 * size * (1 - (rung + 1) / 6)
        draw.line((x - half, y, x + half, y), fill=FULL, width=3)
    draw.line((x - size * 0.35, top + size * 0.06, *tip), fill=FULL, width=round(size * 0.03))
    draw.line((x, top - size * 0.22, *tip), fill=FULL, width=3)
    draw.line((x, top, x, top - size * 0.22), fill=FULL, width=6)
    draw.line((x + size * 0.62, top - size * 0.1, x + size * 0.62, top + size * 0.3), fill=FULL, width=3)
    draw.rectangle((x + size * 0.56, top + size * 0.3, x + size * 0.68, top + size * 0.38), fill=FULL)


def ship(draw: Draw, x: float, y: float, size: float) -> None:
    """Paint a freighter with containers."""
    hull = [(x, y), (x + size, y), (x + size * 0.93, y + size * 0.12), (x + size * 0.05, y + size * 0.12)]
    draw.polygon(hull, fill=FULL)
    draw.rectangle((x + size * 0.05, y - size * 0.2, x + size * 0.2, y), fill=FULL)
    draw.rectangle((x + size * 0.09, y - size * 0.28, x + size * 0.15, y - size * 0.2), fill=FULL)
    for place in range(7):
        left = x + size * (0.24 + place * 0.095)
        draw.rectangle((left, y - size * (0.06 + 0.03 * (place % 3)), left + size * 0.088, y), fill=FULL)
    draw.line((x + size * 0.95, y, x + size * 0.95, y - size * 0.15), fill=FULL, width=4)


def hills(scene: Scene, base: int, height: int, depth: float) -> None:
    """Paint a ridge across the picture."""
    points: list[Point] = [(0.0, float(HEIGHT))]
    y = float(base)
    for x in range(0, WIDTH + 40, 40):
        y = min(max(y + scene.random.uniform(-height, height), base - 4 * height), base + height)
        points.append((x, y))
    points.append((WIDTH, HEIGHT))
    scene.layer(depth, lambda draw: draw.polygon(points, fill=FULL), blur=(1 - depth) * 4)


def skyline(scene: Scene, base: int, tallest: int, depth: float, *, lit: bool = False) -> None:
    """Paint houses across the picture, some with light in the windows."""
    houses = _houses(scene, base, tallest)
    scene.layer(depth, lambda draw: _build(scene, draw, houses), blur=(1 - depth) * 3)
    if lit:
        _light(scene, houses, base)


def _houses(scene: Scene, base: int, tallest: int) -> list[House]:
    houses: list[House] = []
    x = -20.0
    while x < WIDTH:
        width = scene.random.uniform(50, 130)
        houses.append((x, base - scene.random.uniform(0.3, 1) * tallest, width))
        x += width + scene.random.uniform(-4, 10)
    return houses


def _build(scene: Scene, draw: Draw, houses: list[House]) -> None:
    for left, top, width in houses:
        draw.rectangle((left, top, left + width, HEIGHT), fill=FULL)
        if scene.random.random() < 0.5:
            draw.polygon([(left, top), (left + width / 2, top - width * 0.35), (left + width, top)], fill=FULL)


def _light(scene: Scene, houses: list[House], base: int) -> None:
    draw = scene.brush(see_through=True)
    for left, top, width in houses:
        for x in range(round(left) + 12, round(left + width) - 14, 24):
            for y in range(round(top) + 16, base + 40, 34):
                if scene.random.random() < 0.3:
                    draw.rectangle((x, y, x + 9, y + 14), fill=(255, 214, 140, scene.random.randint(90, 220)))
