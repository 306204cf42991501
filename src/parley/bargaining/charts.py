"""Charts as SVG, written here: text stays text, nothing is loaded, and no meaning hangs on colour alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from markupsafe import Markup, escape

__all__ = ["bars", "lines", "tornado_chart"]

_WIDTH, _HEIGHT = 720, 300
_LABEL = 58
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 150, 16, 36
_INKS = ("#1b4f72", "#a04000", "#1e8449", "#6c3483", "#7b7d7d", "#b7950b")
_DASHES = ("", "7 4", "2 3", "10 3 2 3", "5 2", "1 4")


def _frame(width: int, height: int, title: str, description: str, body: str) -> Markup:
    return Markup(  # noqa: S704 - every name in it went through escape
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title><desc>{escape(description)}</desc>'
        f"{body}</svg>"
    )


def _f(value: float) -> str:
    return f"{value:.1f}"


def lines(
    series: Mapping[str, Sequence[float]], *, title: str, across: str, low: float | None = None,
    high: float | None = None, band: Sequence[tuple[float, float]] = (),
) -> Markup:  # fmt: skip
    """Draw values by period (1, 2, …), each line named at its end; *band* is shaded. NaN breaks a line."""
    every = [v for values in series.values() for v in values if np.isfinite(v)] + [v for pair in band for v in pair]
    bottom = min([*every, 0.0]) if low is None else low
    top = max([*every, bottom + 1e-9]) if high is None else high
    count = max((len(values) for values in series.values()), default=1)

    def x(period: float) -> float:
        return _LEFT + (period - 1) / max(count - 1, 1) * (_WIDTH - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _HEIGHT - _BOTTOM - (value - bottom) / (top - bottom) * (_HEIGHT - _TOP - _BOTTOM)

    out = []
    for tick in np.linspace(bottom, top, 5):
        out.append(f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{_f(y(tick))}" y2="{_f(y(tick))}" stroke="#ddd"/>')
        out.append(f'<text x="{_LEFT - 6}" y="{_f(y(tick) + 4)}" text-anchor="end" font-size="12">{tick:.2f}</text>')
    step = max(1, -(-count // 12))
    for period in range(1, count + 1, step):
        out.append(f'<text x="{_f(x(period))}" y="{_HEIGHT - 16}" text-anchor="middle" font-size="12">{period}</text>')
    out.append(f'<text x="{_LEFT}" y="{_HEIGHT - 2}" font-size="12">{escape(across)}</text>')
    if band:
        there = [f"{_f(x(i))},{_f(y(pair[1]))}" for i, pair in enumerate(band, 1)]
        back = [f"{_f(x(i))},{_f(y(pair[0]))}" for i, pair in reversed(list(enumerate(band, 1)))]
        out.append(f'<polygon points="{" ".join(there + back)}" fill="#1b4f72" fill-opacity="0.15"/>')
    ends: list[float] = []
    for number, (name, values) in enumerate(series.items()):
        ink, dash = _INKS[number % len(_INKS)], _DASHES[number % len(_DASHES)]
        points = [(x(i), y(v)) for i, v in enumerate(values, 1) if np.isfinite(v)]
        if not points:
            continue
        path = " ".join(f"{_f(a)},{_f(b)}" for a, b in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="2" stroke-dasharray="{dash}"/>')
        if len(points) == 1:
            out.append(f'<circle cx="{_f(points[0][0])}" cy="{_f(points[0][1])}" r="3" fill="{ink}"/>')
        place = points[-1][1] + 4
        while any(abs(place - other) < 14 for other in ends):
            place += 14
        ends.append(place)
        out.append(f'<text x="{_WIDTH - _RIGHT + 6}" y="{_f(place)}" font-size="12" fill="{ink}">{escape(name)}</text>')
    return _frame(
        _WIDTH, _HEIGHT, title, f"{len(series)} lines over {count} periods; the table has the numbers.", "".join(out)
    )


def bars(rows: Sequence[tuple[str, float]], *, title: str, high: float = 1.0) -> Markup:
    """Draw named bars from 0 to *high*, with the number at the end of each."""
    height = 24 * len(rows) + 12
    out = []
    for number, (name, value) in enumerate(rows):
        top = 6 + 24 * number
        width = max(0.0, value / high) * 300
        out.append(f'<text x="330" y="{top + 15}" text-anchor="end" font-size="12">{escape(name)}</text>')
        out.append(f'<rect x="336" y="{top + 3}" width="{_f(width)}" height="16" fill="#1b4f72"/>')
        out.append(f'<text x="{_f(342 + width)}" y="{top + 15}" font-size="12">{value:.3f}</text>')
    return _frame(_WIDTH, height, title, f"{len(rows)} bars; the table has the numbers.", "".join(out))


def tornado_chart(rows: Sequence[tuple[str, float, float]], *, centre: float, title: str) -> Markup:
    """Draw (name, at low, at high) as bars about the central value; “L” marks the end at the number's low."""
    every = [value for _, low, high in rows for value in (low, high)] + [centre]
    bottom, top = min(every), max(every)
    spread = max(top - bottom, 1e-9)
    height = 24 * len(rows) + 34

    def x(value: float) -> float:
        return 380 + (value - bottom) / spread * 300

    out = [f'<line x1="{_f(x(centre))}" x2="{_f(x(centre))}" y1="4" y2="{height - 24}" stroke="#333"/>']
    for number, (name, low, high) in enumerate(rows):
        place = 6 + 24 * number
        start, end = sorted((x(low), x(high)))
        short = name if len(name) <= _LABEL else "…" + name[-_LABEL:]
        out.append(f'<text x="370" y="{place + 15}" text-anchor="end" font-size="11">{escape(short)}</text>')
        out.append(
            f'<rect x="{_f(start)}" y="{place + 3}" width="{_f(max(end - start, 0.5))}" height="16" '
            'fill="#aab7c4" stroke="#1b4f72"/>'
        )
        side = "end" if low <= high else "start"
        shift = -3 if low <= high else 3
        out.append(f'<text x="{_f(x(low) + shift)}" y="{place + 15}" text-anchor="{side}" font-size="10">L</text>')
    out.append(f'<text x="380" y="{height - 6}" font-size="12">{bottom:.3f}</text>')
    out.append(f'<text x="680" y="{height - 6}" text-anchor="end" font-size="12">{top:.3f}</text>')
    return _frame(_WIDTH, height, title, f"{len(rows)} bars; the table has the numbers.", "".join(out))
