"""Judging: an article is new, a revision, or seen again.

Pure: what the past knows is read first and handed in, and what is decided is added to it, so that articles of one batch
are judged against each other in the order in which they came.
"""

from __future__ import annotations

import re
from base64 import b32encode
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

from tasks.overlap import NO_FACTS, changed_share, containment
from tasks.types import Print
from tasks.words import normal_words
from warehouse.models import Key, Known

if TYPE_CHECKING:
    from datetime import datetime

    from tasks.types import Article
    from warehouse.models import KeyKind, Past

SAME_PIECE = 0.2  # containment: with less of it, another text at the same place is another piece ("latest.txt")
TEASER = "truncated"  # the access of an article of which only a teaser is known
EXCERPT = 0.7  # share of the words from which a text is an edit; below, a part of it
INSIDE = 0.9  # containment of a part in the whole: sampling and a cut sentence cost some
TELLING = 40  # words: fewer may be a standing line ("Subscribe to read on") under which each headline is another story
UNNUMBERED = -1  # the number of a version that has not landed
MOST_RESTORED = 2  # a text that comes and goes more often flips between two states, and neither is news
ChangeKind = Literal["first", "headline", "typo", "content", "correction", "retraction", "restored", "completed"]
ORDER: tuple[KeyKind, ...] = ("guid", "url", "text", "path")  # which key is believed first


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an article is, and by which key it was recognised."""

    kind: Literal["new", "revised", "seen"]
    article_id: str
    version: int
    matched_by: KeyKind | None = None
    change_kind: ChangeKind = "first"
    changed_share: float | None = None
    note: str | None = None  # of a correction or withdrawal that it states,
    note_kind: str | None = None  # ... and which of them it is
    group_id: str = ""  # of copies, that the article belongs to so far
    echo: tuple[str, int] | None = None  # the version of another article that has the very words of this one, however long ago
    new_keys: tuple[Key, ...] = ()  # keys that lead to the article from now on

    @property
    def writes(self) -> bool:
        """Whether it makes a version: the whole text of a teaser is one, though nothing was revised."""
        return self.kind != "seen" or self.change_kind == "completed"


def keys(article: Article, prints: Print) -> list[Key]:
    """Every key by which the piece may be known, the most telling first."""
    found = []
    if article.guid:
        found.append(Key("guid", article.source, article.guid))
    urls = (url_key(url) for url in (article.url, *article.aliases) if url)
    found += [Key("url", "", key) for key in urls if "/" in key]  # a bare host is a front page, whatever stands on it today
    if prints.content:
        found += [Key("text", article.outlet, prints.content), Key("content", "", prints.content)]
    if article.alone:
        found.append(Key("path", article.source, article.path))
    return found


def forgotten(article: Article, prints: Print, past: Past) -> str | None:
    """The receipt by which an article was taken out for good, if it was: then it is not judged, but refused."""
    return next((past.forgotten[key] for key in keys(article, prints) if key in past.forgotten), None) if past.forgotten else None


def url_key(url: str) -> str:
    """A canonical URL as a key: http and https, with and without "www." or a last slash, lead to one page."""
    return re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/")


def judge(article: Article, prints: Print, past: Past) -> Verdict:
    """The verdict on one article; `past` learns it."""
    listed = keys(article, prints)
    known, matched_by = _recognise(article, prints, listed, past)
    new = Verdict("new", _mint(listed, article, prints, past), 1)
    verdict = _again(article, prints, known, matched_by) if known and matched_by else new
    fresh = tuple(
        k for k in listed if past.by_key.get(k) != verdict.article_id and not (k.kind == "content" and k in past.by_key)
    )
    verdict = replace(verdict, new_keys=fresh)
    if verdict.writes:
        group_id = known.group_id if known else verdict.article_id
        verdict = replace(verdict, group_id=group_id, echo=_echo(article, prints, verdict.article_id, past))
    _learn(article, prints, verdict, past)
    return verdict


def _recognise(article: Article, prints: Print, listed: list[Key], past: Past) -> tuple[Known | None, KeyKind | None]:
    for kind in ORDER:
        for key in listed:
            known = past.articles.get(past.by_key.get(key, "")) if key.kind == kind else None
            if known and _is_piece(article, prints, known, kind):
                return known, kind
    return None, None


def _is_piece(article: Article, prints: Print, known: Known, kind: KeyKind) -> bool:
    """Whether the article that a key leads to is this piece, and not one that stood in its place before."""
    if kind == "text" and (TEASER in (article.access, known.access) or prints.words < TELLING):  # many stories share a teaser
        return _same_words(article.title, known.title)
    if kind == "text" or prints.version in known.version_hashes or prints.content == known.content_hash:
        return True
    shares = max(containment(prints, _print(known)), containment(_print(known), prints)) >= SAME_PIECE
    if shares or kind == "path":
        return shares
    if _same_words(article.title, known.title):
        return True
    # Some sites state one address for all their pages, and some files count their records anew: a text and a headline that
    # are both others are the same piece only where GUID and address agree.
    addresses = {url_key(url) for url in (article.url, known.url) if url}
    return kind == "guid" and len(addresses) == 1 and article.url is not None and known.url is not None


def _same_words(title: str | None, other: str | None) -> bool:
    """Whether two headlines are known and share at least half of their words."""
    one, two = set(normal_words(title or "")), set(normal_words(other or ""))
    return bool(one and two) and 2 * len(one & two) >= min(len(one), len(two))


def _again(article: Article, prints: Print, known: Known, matched_by: KeyKind) -> Verdict:
    seen = Verdict("seen", known.article_id, known.version, matched_by)
    if TEASER in (article.access, known.access) and article.access != known.access:
        # A teaser never takes the place of the whole text; the whole text takes the teaser's, and that is no revision.
        return seen if article.access == TEASER else _completed(article, prints, known, seen)
    earlier = known.version_hashes.get(prints.version)
    newer = article.edited or _is_newer(article, known)
    if earlier == known.version or (earlier is not None and (not newer or known.restored >= MOST_RESTORED)):
        return replace(seen, version=earlier)
    carried = known.carried.get(article.source)
    if not newer and (carried == prints.version or (carried is None and known.source != article.source)):
        return seen  # the source has not changed it: it carries another rendering than the one that we have
    if article.text_from == "feed" and _is_excerpt(prints, known):
        return seen  # the feed shows less of it now, or another feed does
    same_text = prints.content == known.content_hash if prints.content else not article.text and not known.content_hash
    if same_text and (matched_by in ("text", "path") or not article.title):
        return seen  # the same words under another headline at another address are no news
    change: ChangeKind = "restored" if earlier is not None else "headline" if same_text else "content"
    share = round(changed_share(prints, _print(known)), 4)
    return Verdict("revised", known.article_id, known.version + 1, matched_by, change, share)


def _is_excerpt(prints: Print, known: Known) -> bool:
    """Whether a text is a good deal shorter than the one that is known, and stands in it."""
    return 0 < prints.words < EXCERPT * known.words and containment(prints, _print(known)) >= INSIDE


def _completed(article: Article, prints: Print, known: Known, seen: Verdict) -> Verdict:
    """The whole text of what was a teaser so far; an article that is no longer than the teaser completes nothing."""
    if not article.text or prints.words < known.words:
        return seen
    share = round(changed_share(prints, _print(known)), 4)
    return replace(seen, version=known.version + 1, change_kind="completed", changed_share=share)


def _is_newer(article: Article, known: Known) -> bool:
    """Whether the publisher says that this is a later state than the one that we have."""
    if article.modified is None:
        return False
    if article.source in known.carried or article.source == known.source:
        return known.modified_at is None or article.modified.at > known.modified_at
    return article.modified.at > (known.modified_at or known.published_at or known.first_seen_at)


def _echo(article: Article, prints: Print, article_id: str, past: Past) -> tuple[str, int] | None:
    """The version of another article that has the same words; if they may be a standing line, under a like headline only."""
    known = past.articles.get(past.by_key.get(Key("content", "", prints.content), "")) if prints.content else None
    if known is None or known.article_id == article_id:
        return None
    if prints.words < TELLING and not _same_words(article.title, known.title):
        return None
    return known.article_id, known.contents.get(prints.content, known.version)


def _mint(listed: list[Key], article: Article, prints: Print, past: Past) -> str:
    """An identifier from the first key that leads nowhere yet: the same input gives the same identifiers."""
    free = next((k for kind in ORDER for k in listed if k.kind == kind and k not in past.by_key), None)
    basis = "\0".join(
        free or ("", article.source, article.path, str(article.record), prints.version, article.seen_at.isoformat())
    )
    return b32encode(blake2b(basis.encode("utf-8", "surrogatepass"), digest_size=10).digest()).decode().lower()


def _print(known: Known) -> Print:
    return Print(known.content_hash, "", 0, known.every, known.sample, NO_FACTS)


def _learn(article: Article, prints: Print, verdict: Verdict, past: Past) -> None:
    past.by_key.update((k, verdict.article_id) for k in verdict.new_keys)
    before = past.articles.get(verdict.article_id)
    carried = {**(before.carried if before else {}), article.source: prints.version}
    if not verdict.writes:
        if before is not None:
            past.articles[verdict.article_id] = replace(before, carried=carried)
        return
    first_seen: datetime = before.first_seen_at if before else article.seen_at
    past.articles[verdict.article_id] = Known(
        article_id=verdict.article_id,
        source=before.source if before else article.source,
        outlet=before.outlet if before else article.outlet,
        first_seen_at=first_seen,
        version=verdict.version,
        version_hashes={**(before.version_hashes if before else {}), prints.version: verdict.version},
        content_hash=prints.content,
        title=article.title,
        url=article.url,
        agency=article.agency,
        published_at=article.published.at if article.published else None,
        modified_at=article.modified.at if article.modified else None,
        access=article.access,
        words=prints.words,
        restored=(before.restored if before else 0) + (verdict.change_kind == "restored"),
        group_id=verdict.group_id,
        first_published_at=before.first_published_at if before else article.published.at if article.published else None,
        first_precision=before.first_precision if before else article.published.precision if article.published else None,
        first_seq=before.first_seq if before else UNNUMBERED,
        contents={prints.content: verdict.version} | (before.contents if before else {}),
        carried=carried,
        every=prints.every,
        sample=prints.sample,
    )
