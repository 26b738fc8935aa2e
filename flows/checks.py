"""The checks run: over the published warehouse, beside whoever writes; their results land as a run of their own.

Only keeping the results takes the writer's lock. A check that cannot be run is a failure, and does not stop the others.
"""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from flows.settings import VERSION
from flows.watches import after_publication
from tasks import gaps
from warehouse.archive import Entry
from warehouse.audit import (
    CheckResult,
    Finding,
    checks,
    digest_of,
    fault,
    look,
    look_live,
    newest,
    opened,
    outdated,
    prepare,
    prepare_live,
    record,
    values,
)
from warehouse.errors import QueryError, StoreError, UsageError
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.models import FeedRow, GapRow, Landing
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from flows.settings import Settings
    from warehouse.audit import Check, State

    Told = Callable[[int, int], None]
    Progress = Callable[[int], AbstractContextManager[Told]]
    Rows = list[dict[str, Any]]

SHOWN = 5  # examples of a finding
REMEMBERED = timedelta(weeks=gaps.CONFIG.weeks)  # how long a silence that does not end is told: then it is the source's way
IDLE = "its folder was read, and had nothing new"
RECENT = ("silent_folders", "volumes")  # runs that brought nothing may not be published, and tell that nothing came
MOVING = (
    "archive_files",
    "archive_gaps",
    "archive_bytes",
)  # maintenance moves payloads while we read: what they find is looked at again


class Found(NamedTuple):
    """What a check came to."""

    findings: Sequence[Finding] = ()
    gaps: Sequence[GapRow] = ()  # silences that open or close
    broken: str | None = None  # why it could not be run


def run_checks(
    settings: Settings,
    names: Sequence[str] = (),
    *,
    deep: bool = False,
    say: Callable[[str], None] = lambda _text: None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> list[CheckResult]:
    """Run the checks that are named, else all of them, the `deep` ones only if told to; keep and publish what they found.

    A check that passes gives one result, another one for each subject. If the results cannot be kept, that is said, and they
    are returned all the same. Raises UsageError for unknown names, NoWarehouse or StoreError if there is nothing to check.
    """
    layout, at = Layout(settings.data), now or datetime.now(UTC).replace(tzinfo=None)
    wanted = {check.name: check for check in chosen(names, deep=deep)}
    lock = WriterLock(layout.live, "wirehouse check", urgency="live", wait_s=settings.wait_s, on_wait=say)
    _renew(layout, lock)
    version = newest(layout)
    with opened(layout) as con:
        given = values(layout, at, version)
        prepare(con, given)
        found = {name: _found(check, lambda c: look(con, c, given), layout, at, progress) for name, check in wanted.items()}
    published = None
    try:
        with Store(layout, lock, flow="check", arguments={"what": list(wanted), "deep": deep}, code_version=VERSION) as store:
            found |= _again(store, found, layout, at)
            record(store, results_of(found), at)
            store.land(Landing(gap=[gap for f in found.values() for gap in f.gaps]))
            store.end()
            published = store.publish()
    except StoreError as error:
        say(f"The results were not kept: {error}")
    if published is not None:
        after_publication(settings, say)
    return results_of(found)


def _renew(layout: Layout, lock: WriterLock) -> None:
    """Publish anew what an older Wirehouse published: it lacks tables that the checks read."""
    with opened(layout) as con:
        old = outdated(con)
    if old:
        with Store(layout, lock, flow="check", arguments={"what": "renew"}, code_version=VERSION) as store:
            store.land(Landing())
            store.end()
            store.publish()


def chosen(names: Sequence[str], *, deep: bool) -> list[Check]:
    """The checks that are named, else all of them, the deep ones if told to. Raises UsageError for names that are none."""
    known = checks()
    if unknown := [name for name in names if name not in known]:
        raise UsageError(f"{unknown[0]!r} is no check; wirehouse check --list shows all")
    return [known[name] for name in dict.fromkeys(names)] or [c for c in known.values() if deep or not c.deep]


def results_of(found: Mapping[str, Found]) -> list[CheckResult]:
    """What the checks came to, as it is kept."""
    results = []
    for name, (findings, _, broken) in found.items():
        check = checks()[name]
        state: State = "failed" if check.severity == "error" else "warned"
        if broken is not None:
            results.append(CheckResult(name, "failed", check.severity, None, None, None, f"the check could not be run: {broken}"))
        elif not findings:
            results.append(CheckResult(name, "passed", check.severity, None, None, None, check.title))
        results += [CheckResult(name, state, check.severity, *f[:4], f.examples[:SHOWN]) for f in findings]
    return results


def _found(check: Check, ask: Callable[[Check], Rows], layout: Layout, at: datetime, progress: Progress | None = None) -> Found:
    try:
        rows = ask(check)
    except QueryError as error:
        return Found(broken=str(error).splitlines()[0])
    if check.name == "silent_folders":
        changed, still = silent(rows, at)
        return Found([_silence(gap) for gap in still], changed)
    if judge := DEEP.get(check.name):
        with progress(len(rows)) if progress else nullcontext(lambda _done, _bad: None) as told:
            return Found(judge(layout, rows, told))
    return Found(sorted((Finding(**row) for row in rows), key=lambda f: f.subject))


def _again(store: Store, found: Mapping[str, Found], layout: Layout, at: datetime) -> dict[str, Found]:
    """What the live database knows better, now that nobody else can write: the last looks, and where payloads lie now."""
    given, again = values(layout, at, newest(layout)), {}
    if recent := [name for name in RECENT if name in found]:
        prepare_live(store, given)
        again = {name: _found(checks()[name], lambda c: look_live(store, c, given), layout, at) for name in recent}
    for name in MOVING:
        if name in found and found[name].findings:
            suspects = {example for f in found[name].findings for example in f.examples} if name in DEEP else None
            again[name] = _found(checks()[name], lambda c, s=suspects: _suspected(look_live(store, c, given), s), layout, at)  # type: ignore[misc]  # bound early
    return again


def _suspected(rows: Rows, suspects: set[str] | None) -> Rows:
    return rows if suspects is None else [row for row in rows if row["raw_id"] in suspects]


# ── silences of folders ──


def silent(rows: Rows, now: datetime) -> tuple[list[GapRow], list[GapRow]]:
    """Of folders with their pasts by hour of the week: silences that open or close now, and all that are open then."""
    changed: list[GapRow] = []
    still: list[GapRow] = []
    for row in rows:
        gap = None
        if row["silent_since"] is not None:
            told = (row["silent_since"], row["opened_at"], row["came_at"], row["expected"], row["reason"])
            gap = GapRow(row["source"], "idle", *told)
            if gap.closed_at is not None:
                changed.append(gap)
        if gap is None or gap.closed_at is not None:
            gap = _idle(row, now)
            changed += [gap] if gap else []
        if gap and now - gap.opened_at < REMEMBERED:
            still.append(gap)
    return changed, still


def _idle(row: dict[str, Any], now: datetime) -> GapRow | None:
    """A silence up to the last time when the folder was read: what nobody looked at may have news."""
    if row["looked_at"] is None or row["looked_at"] <= row["new_at"]:
        return None
    past = {h["hour"]: gaps.Hour(h["entries"], h["weeks"]) for h in row["hours"]}
    state = FeedRow(row["source"], "", "", "active", row["new_at"], IDLE, None, first_at=row["first_at"], new_at=row["new_at"])
    gap = gaps.silence(state, past, row["looked_at"])
    return gap._replace(kind="idle", opened_at=now, reason=IDLE) if gap else None


def _silence(gap: GapRow) -> Finding:
    return Finding(gap.source, 0, gap.expected, f"articles since {gap.silent_since:%Y-%m-%d %H:%M}: {gap.reason}")


# ── what is read from files ──


def _payloads(layout: Layout, rows: Rows, told: Told) -> list[Finding]:
    """Payloads whose bytes are not those that their numbers stand for, by archive file."""
    bad: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        entry = Entry(row["archive"], row["archive_offset"], row["archive_length"])
        wrong = fault(layout.archive, entry, row["raw_id"])
        if wrong:
            bad.setdefault(entry.archive, []).append((row["raw_id"], f"{row['raw_id'][:16]}… at byte {entry.offset}: {wrong}"))
        told(1, int(wrong is not None))
    return [
        Finding(file, len(found), 0, f"payloads that are damaged; {found[0][1]}", [raw_id for raw_id, _ in found])
        for file, found in bad.items()
    ]


def _referenced(_layout: Layout, rows: Rows, told: Told) -> list[Finding]:
    """Files that their source was to keep, and that are gone or changed, by folder."""
    bad: dict[str, list[tuple[str, bool]]] = {}
    for row in rows:
        path = Path(unquote(urlsplit(row["uri"]).path, errors="surrogateescape"))
        digest = digest_of(path)
        if digest != row["raw_id"]:
            bad.setdefault(str(path.parent), []).append((row["raw_id"], digest is None))
        told(1, int(digest != row["raw_id"]))
    return [
        Finding(
            folder, len(found), 0, f"files; {sum(gone for _, gone in found)} of them are gone", [raw_id for raw_id, _ in found]
        )
        for folder, found in bad.items()
    ]


DEEP: dict[str, Callable[[Layout, Rows, Told], list[Finding]]] = {"archive_bytes": _payloads, "referenced_files": _referenced}
