"""The quieting line: a damped wave drawn round a ring, as SVG path data.

One line starts loud at a warm dot, swings, and calms into a circle. Every number (a journal volume and issue, or any
other whole number) has its own waves, angle and damping, always the same ones; nothing here is random.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

TURN = 2 * math.pi


@dataclass(frozen=True)
class Ring:
    """One closed or open path; `kind` is "s" (the loud line), "t" (every third, teal) or "" (ink)."""

    path: str
    kind: str


@dataclass(frozen=True)
class Rings:
    """A drawing on a square canvas: the rings from the inside out, and the dot where the line begins."""

    size: int
    rings: tuple[Ring, ...]
    dot: tuple[float, float]


@dataclass(frozen=True)
class Character:
    """What tells one drawing from another: waves round the ring, where it starts, how loud, how fast it calms."""

    waves: int
    start: float
    loudness: float
    damping: float
    turn: int = 1


HOME = Character(waves=20, start=math.radians(152), loudness=1.0, damping=2.1)


def character(number: int) -> Character:
    """The character of a number. Neighbors differ visibly: the golden section turns the start, primes the rest.

    The loud part stays in the upper left, the quarter that a cover shows.
    """
    turn = -1 if number % 3 == 1 else 1
    section = (number * 0.618034) % 1
    return Character(
        waves=11 + (number * 7) % 13,
        start=math.radians(170 + 75 * section if turn == 1 else 325 - 75 * section),
        loudness=0.85 + ((number * 5) % 9) * 0.05,
        damping=1.7 + ((number * 3) % 7) * 0.2,
        turn=turn,
    )


def _point(center: float, radius: float, angle: float) -> tuple[float, float]:
    return round(center + radius * math.cos(angle), 1), round(center + radius * math.sin(angle), 1)


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".").replace("-0.", "-.") or "0"


def _smooth(points: list[tuple[float, float]]) -> str:
    """Catmull-Rom through the points, written as relative cubic curves."""
    path = [f"M{_number(points[0][0])} {_number(points[0][1])}"]
    last = len(points) - 1
    for i in range(last):
        before, here, there, after = points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, last)]
        numbers = []
        for axis in (0, 1):
            numbers.append(
                (
                    (there[axis] - before[axis]) / 6,
                    there[axis] - (after[axis] - here[axis]) / 6 - here[axis],
                    there[axis] - here[axis],
                )
            )
        pairs = zip(*numbers, strict=True)
        path.append("c" + " ".join(f"{_number(x)} {_number(y)}" for x, y in pairs))
    return "".join(path).replace(" -", "-")


def _ring(voice: Character, center: float, radius: float, swing: float) -> str:
    """A wave whose swing dies away over one turn and ends as a plain circle."""
    steps = voice.waves * 4
    points = []
    for step in range(steps + 1):
        part = step / steps
        fade = math.exp(-voice.damping * part * 2) * (1 - part)
        wave = math.sin(part * voice.waves * TURN)
        points.append(_point(center, radius - swing * fade * wave, voice.start + voice.turn * part * TURN))
    return _smooth(points)


@lru_cache(maxsize=256)
def rings(number: int | None = None, *, count: int = 9, size: int = 400) -> Rings:
    """The drawing of a number; without one, the home page's. `count` rings reach the edge of a `size` canvas."""
    voice = HOME if number is None else character(number)
    center = size / 2
    inner = size * 0.15
    gap = (size * 0.485 - inner) / max(count - 1, 1)
    drawn = []
    for index in range(count):
        swing = inner * 0.44 * voice.loudness * math.exp(-2.4 * index / max(count - 1, 1))
        kind = "s" if index == 0 else ("t" if index % 3 == 0 else "")
        drawn.append(Ring(_ring(voice, center, inner + gap * index, swing), kind))
    return Rings(size, tuple(drawn), _point(center, inner, voice.start))
