"""The places of an event on a map of our own: land from the gazetteer's outlines, places as circles or shapes."""

import math
from collections.abc import Iterable, Sequence

from reportedly.dossier.markup import Html, join, tag
from reportedly.dossier.window import HEIGHT, WIDTH, Frame, in_window, located, rings_of, window_of
from reportedly.dossier.wording import place_name
from reportedly.gazetteer import Gazetteer
from reportedly.gazetteer.drawing import Box, Land, Point, draw_land, draw_seas, draw_world, towns_in
from reportedly.records import Place

_MOST_TOWNS = 6
_LETTER = 7.2  # units a letter takes


def path_of(rings: Iterable[Sequence[Sequence[float]]], frame: Frame) -> str:
    """Rings as a path in whole units, each point from the one before; what falls together is left out."""
    parts = []
    for ring in rings:
        units = [tuple(round(value) for value in frame.xy(point)) for point in ring]
        at = units[0]
        steps = []
        for point in units[1:]:
            if point != at:
                steps.append(f"{point[0] - at[0]} {point[1] - at[1]}")
                at = point
        if len(steps) > 1:
            parts.append(f"M{units[0][0]} {units[0][1]}l{' '.join(steps)}z")
    return "".join(parts)


def draw_map(places: Sequence[Place], gazetteer: Gazetteer) -> Html | None:
    """The map of the places in its window, by their numbers among `places` from 1; None where none has a point."""
    if not located(places):
        return None
    frame = Frame(window_of(located(places)))
    shown = [place for place in places if in_window(place, frame.window)]
    step = (frame.window[2] - frame.window[0]) / WIDTH
    land = draw_land(gazetteer, frame.window, step)
    taken = _Taken()
    numbers = {id(place): number for number, place in enumerate(places, 1)}
    # The first place is what the reader looks for: it is drawn last, its name set first.
    areas = [_area(place, frame, land) for place in reversed(shown)]
    points = [_point(place, numbers[id(place)], frame, taken) for place in shown]
    names = _names(gazetteer, frame, land, taken)
    told = "; ".join(f"{numbers[id(place)]}: {place_name(place)}" for place in shown)
    around = ", ".join(country.name for country in land if country.label) or "open sea"
    return tag(
        "svg",
        tag("title", "Map of where it is said to have happened", id="map-title"),
        tag("desc", f"{told}. Around it: {around}. The list beside it says the same in words.", id="map-desc"),
        tag("rect", width=WIDTH, height=HEIGHT, class_="water"),
        tag("path", d="".join(path_of(country.rings, frame) for country in land), class_="land"),
        areas,
        names,
        points[::-1],
        _scale_bar(frame),
        _locator(gazetteer, frame),
        tag("rect", x=0.5, y=0.5, width=WIDTH - 1, height=HEIGHT - 1, class_="frame"),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_labelledby="map-title map-desc",
        class_="map",
    )


class _Taken:
    """Where words stand already: boxes that others keep out of."""

    def __init__(self) -> None:
        self.boxes: list[Box] = [(0, HEIGHT - 44, 190, HEIGHT), (WIDTH - 190, HEIGHT - 110, WIDTH, HEIGHT)]

    def spot(self, x: float, y: float) -> tuple[float, float]:
        """Where the mark of a point stands: on it, or beside it where another mark is there."""
        for aside, down in ((0, 0), (-27, 0), (27, 0), (0, -27), (0, 27), (-27, -27), (27, 27)):
            if self.take((x + aside - 11, y + down - 11, x + aside + 11, y + down + 11)):
                return x + aside, y + down
        return x, y

    def take(self, box: Box) -> bool:
        """Whether there was room; takes it then."""
        inside = box[0] >= 4 and box[1] >= 4 and box[2] <= WIDTH - 4 and box[3] <= HEIGHT - 4
        free = inside and not any(
            box[0] < held[2] and held[0] < box[2] and box[1] < held[3] and held[1] < box[3] for held in self.boxes
        )
        if free:
            self.boxes.append(box)
        return free


def _area(place: Place, frame: Frame, land: Sequence[Land]) -> Html:
    """A place's shape; that of the land for a country; else its circle, unless its mark hides that."""
    rings: Sequence[Sequence[Sequence[float]]] = rings_of(place)
    if not rings and place.kind == "country":
        rings = next((country.rings for country in land if country.code == place.country), ())
    if rings:
        return tag("path", d=path_of(rings, frame), class_="area", fill_rule="evenodd")
    x, y = frame.xy((place.lon or 0.0, place.lat or 0.0))
    reach = frame.radius(place.radius_km or 0.0)
    return tag("circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r=f"{reach:.1f}", class_="area") if reach > 8 else Html("")


def _point(place: Place, number: int, frame: Frame, taken: _Taken) -> Html:
    at = frame.xy((place.lon or 0.0, place.lat or 0.0))
    x, y = taken.spot(*at)
    words = place_name(place)
    wide = _LETTER * 1.25 * len(words)
    sides = (
        (x + 16, "start", (x + 14, y - 12, x + 16 + wide, y + 10)),
        (x - 16, "end", (x - 16 - wide, y - 12, x - 14, y + 10)),
    )
    side = next((side for side in sides if taken.take(side[2])), None)
    label = (
        tag("text", words, x=f"{side[0]:.0f}", y=f"{y + 5:.0f}", text_anchor=side[1], class_="spot") if side else None
    )
    mark = tag("circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r=11, class_="spot")
    inside = tag("text", str(number), x=f"{x:.0f}", y=f"{y + 4.5:.0f}", text_anchor="middle", class_="number")
    leader = None
    if (x, y) != at:
        leader = tag("path", d=f"M{at[0]:.0f} {at[1]:.0f}L{x:.0f} {y:.0f}", class_="leader")
    return join(leader, mark, inside, label)


def _names(gazetteer: Gazetteer, frame: Frame, land: Sequence[Land], taken: _Taken) -> Html:
    drawn = []
    for kind, named in (("country", land), ("sea", draw_seas(gazetteer, frame.window))):
        for area in named:
            if area.label:
                drawn.append(_name(area.name, area.label, frame, kind, taken, 1.45 if kind == "country" else 1.0))
    shown = 0
    for town in towns_in(gazetteer, frame.window):
        x, y = frame.xy(town.at)
        wide = _LETTER * len(town.name)
        if shown < _MOST_TOWNS and taken.take((x - 4, y - 9, x + 8 + wide, y + 8)):
            shown += 1
            dot = tag("circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r=2.5)
            drawn.append(tag("g", dot, tag("text", town.name, x=f"{x + 7:.0f}", y=f"{y + 4:.0f}"), class_="town"))
    return join(drawn)


def _name(words: str, at: Point, frame: Frame, kind: str, taken: _Taken, wide: float) -> Html | None:
    x, y = frame.xy(at)
    half = _LETTER * wide * len(words) / 2
    if not taken.take((x - half, y - 10, x + half, y + 8)):
        return None
    return tag("text", words, x=f"{x:.0f}", y=f"{y + 4:.0f}", text_anchor="middle", class_=kind)


def _scale_bar(frame: Frame) -> Html:
    aim = frame.km_wide / 6 * (1 + 1e-9)  # of 600 km exactly a sixth, whatever the last digit says
    power = 10 ** math.floor(math.log10(aim))
    km = max(step * power for step in (1, 2, 5) if step * power <= aim)
    wide = frame.radius(km)
    y = HEIGHT - 16
    return tag(
        "g",
        tag("path", d=f"M16 {y - 6}v6h{wide:.0f}v-6"),
        tag("text", f"{km:,.0f} km", x=f"{16 + wide + 8:.0f}", y=y),
        class_="scale",
    )


def _locator(gazetteer: Gazetteer, frame: Frame) -> Html:
    """The world in a corner, with the window in it."""
    wide, high = 172, 69
    left, top = WIDTH - wide - 10, HEIGHT - high - 10

    def at(lon: float, lat: float) -> tuple[int, int]:
        return round(left + (lon + 180) / 360 * wide), round(top + (84 - lat) / 144 * high)

    parts = []
    for ring in draw_world(gazetteer):
        units = list(dict.fromkeys(at(*point) for point in ring))
        if len(units) > 2:
            parts.append("M" + "L".join(f"{x} {y}" for x, y in units) + "z")
    west, south, east, north = frame.window
    middle = (west + east) / 2
    turned = middle - 360 * round(middle / 360)
    x, y = at(turned, (south + north) / 2)
    half_x, half_y = max(3, (east - west) / 720 * wide), max(3, (north - south) / 288 * high)
    here = (max(left, x - half_x), max(top, y - half_y), min(left + wide, x + half_x), min(top + high, y + half_y))
    box = {"x": here[0], "y": here[1], "width": here[2] - here[0], "height": here[3] - here[1]}
    return tag(
        "g",
        tag("rect", x=left, y=top, width=wide, height=high, class_="water"),
        tag("path", d="".join(parts), class_="land"),
        tag("rect", **{name: f"{value:.0f}" for name, value in box.items()}, class_="here"),
        tag("rect", x=left, y=top, width=wide, height=high, class_="frame"),
        class_="locator",
    )
