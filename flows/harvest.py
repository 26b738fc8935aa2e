"""The harvest of a poll: verdicts on the entries of feeds, the feeds' new states, their lists of entries, and silences."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from flows.journey import Tally
from flows.refine import Refined
from flows.relate import Judged
from flows.visits import fetch_row, kept
from tasks import gaps
from tasks.fetch.secrets import bare, redacted
from tasks.health import GOOD, Round, after
from tasks.judge import forgotten, judge, keys
from tasks.land import refuse, turn_away
from tasks.types import Reject
from warehouse.models import EntryRow, ForgottenEntryRow, Landing, WithheldRow

if TYPE_CHECKING:
    from datetime import datetime

    from flows.refine import Outcome
    from flows.relate import Relations
    from flows.visits import Visit
    from tasks.judge import Verdict
    from warehouse.models import FeedRow, GapRow, Past
    from warehouse.store import Store

RETRY = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))  # of a page that could not be had
FINAL = frozenset({"robots", "gone", "blocked", "bad_url"})  # outcomes after which a page is not asked for again


@dataclass(slots=True)
class PollTally(Tally):
    """What a poll did."""

    feeds: int = 0  # asked
    outcomes: Counter[str] = field(default_factory=Counter)  # of the feeds
    pages: Counter[str] = field(default_factory=Counter)  # outcomes of pages
    troubles: list[FeedRow] = field(default_factory=list)  # feeds that did not work
    gaps: list[GapRow] = field(default_factory=list)  # that opened in this poll

    @property
    def answered(self) -> int:
        """Feeds that worked."""
        return sum(self.outcomes[outcome] for outcome in GOOD)


def harvest(
    visits: list[Visit], store: Store, relations: Relations, silent: dict[str, GapRow], tally: PollTally, now: datetime
) -> Landing:
    """The rows of these feeds. `silent` are the gaps that are open, by source; it is kept up to date, as is the tally.

    Of a feed that was not asked after all nothing is known that was not known before: it only counts as deferred.
    """
    landing = Landing(payloads=len(visits))
    asked = [v for v in visits if v.answer.outcome != "deferred"]
    tally.outcomes["deferred"] += len(visits) - len(asked)
    results = [visit.results() for visit in asked]
    past = store.past(key for found in results for o in found if not isinstance(o, Reject) for key in keys(*o))
    rounds: list[tuple[FeedRow, FeedRow, Round]] = []
    judged: list[Judged] = []
    for visit, found in zip(asked, results, strict=True):
        verdicts = _judged(found, past, judged, landing)
        vanished = _entries(visit, verdicts, landing)
        seen = _round(visit, found, sum(v is not None and v.kind == "new" for v in verdicts))
        state = after(visit.state, seen, random.uniform(-1, 1))  # noqa: S311  spreads polls, keeps no secret
        _note(visit, verdicts, vanished, state, landing)
        rounds.append((visit.state, state, seen))
        tally.outcomes[seen.outcome] += 1
        if seen.outcome not in GOOD:
            tally.troubles.append(state)
    _withhold(asked, results, past, store.forgotten_entries(), landing)
    relations.land(judged, past, landing)
    _silences(rounds, store, silent, tally, now, landing)
    return landing


def _judged(results: list[Outcome], past: Past, judged: list[Judged], landing: Landing) -> list[Verdict | None]:
    """Verdicts on entries in the order of the feed; None for those that are refused."""
    verdicts: list[Verdict | None] = []
    for outcome in results:
        verdict = None
        if isinstance(outcome, Reject):
            refuse(outcome, landing)
        elif receipt_id := forgotten(*outcome, past):
            turn_away(outcome[0], receipt_id, landing)
        else:
            verdict = judge(*outcome, past)
            judged.append(Judged(*outcome, verdict))
        verdicts.append(verdict)
    return verdicts


def _withhold(visits: list[Visit], results: list[list[Outcome]], past: Past, known: dict[int, str], landing: Landing) -> None:
    """Bodies of feeds that have an entry which is forgotten are not kept while they have it."""
    for visit, found in zip(visits, results, strict=True):
        refined = visit.refined or Refined(0, ())
        for entry_print, outcome in zip(refined.prints, found, strict=True):
            if not isinstance(outcome, Reject) and (receipt_id := forgotten(*outcome, past)):
                landing.entry_forgotten.append(ForgottenEntryRow(receipt_id, entry_print))
        listed = [known[p] for p in (*refined.known, *refined.prints) if p in known]
        if listed and found and visit.raw_id is not None:
            landing.withheld.append(WithheldRow(visit.raw_id, max(listed), visit.answer.at))


def _entries(visit: Visit, verdicts: list[Verdict | None], landing: Landing) -> int:
    """The feed's list of entries as it stands now; returns how many it no longer has."""
    at, source, refined = visit.answer.at, visit.source.name, visit.refined or Refined(0, ())
    rows: dict[int, EntryRow] = {}
    for n, (entry_print, verdict) in enumerate(zip(refined.prints, verdicts, strict=True)):
        before = visit.known.get(entry_print)
        tries, retry_at = _retry(visit.failed.get(n), at, before.tries if before else 0, visit.waits.get(n, 0))
        article_id = verdict.article_id if verdict else None
        paged = n in visit.better and visit.better[n][0].text_from == "page"
        rows[entry_print] = EntryRow(
            source, entry_print, article_id, before.seen_at if before else at, None, tries, retry_at,
            refined.stamps[n] if paged else None,
        )  # fmt: skip
    for entry_print in refined.known:
        before = visit.known[entry_print]
        if before.vanished_at is not None and entry_print not in rows:  # it is back
            rows[entry_print] = EntryRow(source, entry_print, *before._replace(vanished_at=None))
    vanished = []
    if refined.feed is not None and refined.feed.broken is None and visit.answer.outcome == "ok":
        here = {*refined.known, *refined.prints}
        vanished = [p for p, e in visit.known.items() if p not in here and e.vanished_at is None]
    for entry_print in vanished:
        before = visit.known[entry_print]
        rows[entry_print] = EntryRow(source, entry_print, *before._replace(vanished_at=at, retry_at=None))
    landing.entry += rows.values()
    return len(vanished)


def _retry(why: str | None, at: datetime, tries: int, wait_s: int) -> tuple[int, datetime | None]:
    """How often an entry's page was asked for in vain, and when it is asked for again."""
    if why is None:
        return 0, None
    if why == "deferred":
        return tries, at
    if why in FINAL or tries >= len(RETRY):
        return tries + 1, None
    return tries + 1, at + max(RETRY[tries], timedelta(seconds=wait_s))


def _round(visit: Visit, results: list[Outcome], new: int) -> Round:
    """What the poll brought, for the feed's health."""
    (what, detail), answer, feed = visit.outcome(), visit.answer, visit.refined.feed if visit.refined else None
    dates = [o[0].published.at for o in results if not isinstance(o, Reject) and o[0].published]
    seen = Round(
        at=answer.at, outcome=what, detail=detail, retry_after_s=answer.retry_after_s, fresh_s=answer.fresh_s, etag=answer.etag,
        last_modified=answer.last_modified, body_hash=visit.raw_id, new=new, published=dates,
        moved_to=answer.moved_to if answer.moved_to and redacted(answer.moved_to) == bare(answer.moved_to) else None,
    )  # fmt: skip
    if feed is None:
        return seen
    return seen._replace(
        read=what in GOOD, title=feed.title, site=feed.site, format=feed.format, ttl_s=feed.ttl_s, listed=feed.listed
    )


def _note(visit: Visit, verdicts: list[Verdict | None], vanished: int, state: FeedRow, landing: Landing) -> None:
    """The feed's new state, and what was fetched of it."""
    refined, raw_id = visit.refined or Refined(0, ()), visit.raw_id if visit.answer.body else None
    counts = Counter(v.kind if v else "rejected" for v in verdicts)
    known = Counter("refused" if visit.known[p].article_id is None else "seen" for p in refined.known)
    row = fetch_row(visit.source.name, visit.answer, *visit.outcome(), raw_id)
    landing.fetch.append(
        row._replace(
            n_items=refined.items, n_known=known["seen"], n_refused=known["refused"], n_new=counts["new"],
            n_revised=counts["revised"], n_seen=counts["seen"], n_rejected=counts["rejected"], n_vanished=vanished,
            next_at=state.next_at,
        )
    )  # fmt: skip
    landing.fetch += visit.fetches
    landing.page += visit.pages
    landing.feed.append(state)
    landing.items += refined.items
    if verdicts and raw_id is not None:  # rows refer to these bytes
        visit.kept.append(kept(visit.answer, raw_id))


def _silences(
    rounds: list[tuple[FeedRow, FeedRow, Round]], store: Store, silent: dict[str, GapRow], tally: PollTally, now: datetime,
    landing: Landing,
) -> None:  # fmt: skip
    """Open a gap for each feed that is silent against its past, and close those of feeds that have news again."""
    suspects: list[FeedRow] = []
    for before, state, seen in rounds:
        if seen.new and (gap := silent.pop(state.source, None)):
            landing.gap.append(gap._replace(closed_at=seen.at))
        elif not seen.new and state.source not in silent and gaps.may_be_silent(state, seen.at):
            suspects.append(state)
        if lost := gaps.overrun(before, seen.at, seen.listed, seen.new):
            landing.gap.append(lost)
            tally.gaps.append(lost)
    pasts = store.volumes([s.source for s in suspects], gaps.since(now)) if suspects else {}
    for state in suspects:
        past = {hour: gaps.Hour(*found) for hour, found in pasts[state.source].items()}
        if opened := gaps.silence(state, past, state.polled_at or now):
            silent[state.source] = opened
            landing.gap.append(opened)
            tally.gaps.append(opened)
