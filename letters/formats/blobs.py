"""Patches of ink that hang together, on a black-and-white picture held as an array."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask: TypeAlias = NDArray[np.bool_]


class Run(NamedTuple):
    """Inked pixels side by side: row y, columns x0 up to but not x1."""

    y: int
    x0: int
    x1: int


@dataclass(slots=True)
class Blob:
    """Runs that touch one another; the box is left, top, right, bottom with the last two exclusive."""

    runs: list[Run] = field(default_factory=list[Run])

    @property
    def box(self) -> tuple[int, int, int, int]:
        rows = [run.y for run in self.runs]
        return min(run.x0 for run in self.runs), min(rows), max(run.x1 for run in self.runs), max(rows) + 1

    @property
    def ink(self) -> int:
        return sum(run.x1 - run.x0 for run in self.runs)

    def erase_from(self, mask: Mask) -> None:
        for run in self.runs:
            mask[run.y, run.x0 : run.x1] = False


def blobs(mask: Mask) -> list[Blob]:
    """All patches of True, found in one pass over the rows with a union of what touches."""
    runs = _runs(mask)
    parent = list(range(len(runs)))
    above: list[int] = []
    here: list[int] = []
    start = 0
    for index, run in enumerate(runs):
        if here and runs[here[-1]].y != run.y:
            above, here, start = (here if runs[here[-1]].y == run.y - 1 else []), [], 0
        while start < len(above) and runs[above[start]].x1 < run.x0:
            start += 1
        at = start
        while at < len(above) and runs[above[at]].x0 <= run.x1:
            parent[_root(parent, index)] = _root(parent, above[at])
            at += 1
        here.append(index)
    found: dict[int, Blob] = {}
    for index, run in enumerate(runs):
        found.setdefault(_root(parent, index), Blob()).runs.append(run)
    return list(found.values())


def _runs(mask: Mask) -> list[Run]:
    import numpy as np

    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    return [Run(*run) for run in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)]


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index
