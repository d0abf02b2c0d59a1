"""The quieting line: a damped wave drawn round a ring, as SVG path data.

One line starts loud at a warm dot, swings, and calms into a circle. Every number (a journal volume and issue, or any
other whole number) has its own waves, angle and damping, always the same ones; nothing here is random.
"""

import itertools
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


def _number(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _pair(x: float, y: float) -> str:
    return f"{_number(x)} {_number(y)}".replace(" -", "-")


@dataclass(frozen=True)
class _Wave:
    """A wave whose swing dies away over one turn and ends as a plain circle; its place at any part of the turn."""

    voice: Character
    center: float
    radius: float
    swing: float
    innermost: bool

    def at(self, part: float) -> tuple[float, float]:
        waves = self.voice.waves
        fade = math.exp(-2 * self.voice.damping * part) * (1 - part)
        # Only the innermost line starts with a jolt, at the dot; the others take it up softly.
        rise = 1.0 if self.innermost else min(1.0, max(part, 0.0) * waves / 1.5) ** 2
        radius = self.radius - self.swing * fade * rise * math.sin(part * waves * TURN)
        angle = self.voice.start + self.voice.turn * part * TURN
        return self.center + radius * math.cos(angle), self.center + radius * math.sin(angle)

    def path(self) -> str:
        """Relative cubic curves with the wave's own tangents, four to a wave, fewer where it has come to rest."""
        stops = self._stops()
        reach = 1e-4
        x, y = (round(value, 1) for value in self.at(stops[0]))
        written = [f"M{_pair(x, y)}"]
        for here, there in itertools.pairwise(stops):
            third = (there - here) / 3 / reach
            ends = []
            for stop, sign in ((here, 1), (there, -1)):
                (x0, y0), (x1, y1) = self.at(stop), self.at(stop + sign * reach)
                ends.append((x0 + (x1 - x0) * third, y0 + (y1 - y0) * third))
            x2, y2 = (round(value, 1) for value in self.at(there))
            written.append("c" + " ".join(_pair(px - x, py - y) for px, py in (*ends, (x2, y2))))
            x, y = x2, y2
        return "".join(written).replace(" -", "-")

    def _stops(self) -> list[float]:
        stops, part, step = [0.0], 0.0, 1 / (self.voice.waves * 4)
        while part < 1 - 1e-9:
            fade = math.exp(-2 * self.voice.damping * part) * (1 - part) * self.swing
            part = min(1.0, part + (step if fade > 0.25 else max(step, 1 / 16)))
            stops.append(part)
        return stops


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
        wave = _Wave(voice, center, inner + gap * index, swing, innermost=index == 0)
        drawn.append(Ring(wave.path(), kind))
    start = _Wave(voice, center, inner, 0, innermost=True).at(0)
    return Rings(size, tuple(drawn), (round(start[0], 1), round(start[1], 1)))
