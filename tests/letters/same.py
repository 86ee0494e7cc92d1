"""What must not change in silence when a letter comes in another form."""

from __future__ import annotations

from letters.text.compare import fold
from models.reading import Reading

HEADING = ("kind", "number", "date", "issuer", "subject", "urgency")


def differences(before: Reading, after: Reading) -> tuple[list[str], list[str]]:
    """(fields that differ and carry no doubt, fields that differ and carry one)."""
    changed = {name for name in HEADING if fold(getattr(before, name) or "") != fold(getattr(after, name) or "")}
    if [fold(r) for r in before.recipients] != [fold(r) for r in after.recipients]:
        changed.add("recipients")
    if "kind" in changed:
        return ["kind"], []
    tasks_before, tasks_after = [t.clause for t in before.tasks], [t.clause for t in after.tasks]
    if tasks_before != tasks_after:
        changed.add("tasks")
    names = {name: name for name in changed}
    again = {clause: i for i, clause in reversed(list(enumerate(tasks_after)))}
    for old in before.tasks:
        i = again.get(old.clause)
        if i is None:
            continue
        new = after.tasks[i]
        if [fold(x) for x in old.lead] != [fold(x) for x in new.lead]:
            names[f"{old.clause} lead"] = f"tasks[{i}].lead"
        a, b = old.deadline, new.deadline
        if (a.kind, a.due, a.rrule, a.time) != (b.kind, b.due, b.rrule, b.time):
            names[f"{old.clause} deadline"] = f"tasks[{i}].deadline"
    doubted = {name for name, path in names.items() if _doubts(after, path)}
    return sorted(set(names) - doubted), sorted(doubted)


def _doubts(reading: Reading, path: str) -> bool:
    """A doubt about one task says nothing of the set of tasks."""
    return any(d.field == path for d in reading.doubts) if path == "tasks" else bool(reading.doubts_of(path))
