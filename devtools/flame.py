"""Draw where time goes: python3 -m devtools.flame TITLE < FOLDED > SVG.

A line of FOLDED is a stack and its samples, `kernel;function 123`, as `perf script` is folded.
"""

import sys
from collections.abc import Iterable, Iterator
from html import escape

WIDTH, ROW, LETTER = 960, 18, 6.4  # pixels; LETTER: about a letter of the 11 pixel font
COLOURS = ("#e8e8e8", "#f4a261", "#e9c46a", "#8ecae6")
LEAST = 0.5  # pixels that a function needs to be drawn


def flame(title: str, stacks: Iterable[tuple[tuple[str, ...], int]]) -> str:
    """One box per function on the ones that call it, as wide as its share of the samples."""
    counts: dict[tuple[str, ...], int] = {(): 0}
    for stack, samples in stacks:
        for depth in range(len(stack) + 1):
            counts[stack[:depth]] = counts.get(stack[:depth], 0) + samples
    height = ROW * (max(map(len, counts)) + 2)
    boxes = "\n".join(_boxes(counts, (), 0.0, WIDTH / max(counts[()], 1), height - ROW))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="sans-serif" font-size="11">\n'
        f'<text x="4" y="13">{escape(title)}</text>\n{boxes}\n</svg>\n'
    )


def _boxes(
    counts: dict[tuple[str, ...], int], stack: tuple[str, ...], x: float, scale: float, y: int
) -> Iterator[str]:
    width, name = counts[stack] * scale, stack[-1] if stack else "all samples"
    text = f"{name} {100 * width / WIDTH:.1f} %"
    shown = escape(text[: max(int(width / LETTER) - 1, 0)])
    yield (
        f'<g><title>{escape(text)}</title><rect x="{x:.1f}" y="{y}" width="{width:.1f}" '
        f'height="{ROW - 1}" fill="{COLOURS[len(stack) % len(COLOURS)]}" stroke="#fff"/>'
        f'<text x="{x + 3:.1f}" y="{y + 13}">{shown}</text></g>'
    )
    above = [each for each in counts if len(each) == len(stack) + 1 and each[:-1] == stack]
    for each in sorted(above, key=lambda each: -counts[each]):
        if counts[each] * scale >= LEAST:
            yield from _boxes(counts, each, x, scale, y - ROW)
        x += counts[each] * scale


def _folded(lines: Iterable[str]) -> Iterator[tuple[tuple[str, ...], int]]:
    for line in lines:
        stack, _, samples = line.rstrip().rpartition(" ")
        yield tuple(stack.split(";")), int(samples)


if __name__ == "__main__":
    sys.stdout.write(flame(sys.argv[1], _folded(sys.stdin)))
