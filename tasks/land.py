"""Landing: verdicts and rejects as rows. Pure; the store commits them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.models import (
    ArticleRow,
    ClosedRow,
    EnclosureRow,
    HeadFieldRow,
    IdentityRow,
    Landing,
    RejectRow,
    SightingRow,
    VersionRow,
    WithheldRow,
)

if TYPE_CHECKING:
    from tasks.judge import Verdict
    from tasks.types import Article, Print, Reject


def land(article: Article, prints: Print, verdict: Verdict, landing: Landing) -> None:
    """Add an article's rows to a batch's landing."""
    landing.sighting.append(_sighting(article, verdict, prints.version))
    landing.identity.extend(IdentityRow(*key, key.hash(), verdict.article_id) for key in verdict.new_keys)
    if not verdict.writes:
        return
    if verdict.kind == "new":
        landing.article.append(ArticleRow(verdict.article_id, article.source, article.outlet, article.seen_at))
    else:
        _close(verdict, article, landing)
    land_version(article, prints, verdict, landing)


def land_version(article: Article, prints: Print, verdict: Verdict, landing: Landing) -> None:
    """Add what a version of an article says to a batch's landing."""
    landing.version.append(_version(article, prints, verdict))
    landing.head_field.extend(
        HeadFieldRow(verdict.article_id, verdict.version, f.name, f.text, f.part, f.start, f.end) for f in article.fields
    )
    landing.enclosure.extend(
        EnclosureRow(verdict.article_id, verdict.version, e.url, e.media_type, e.n_bytes) for e in article.enclosures
    )


def refuse(reject: Reject, landing: Landing) -> None:
    """Add what was refused to a batch's landing."""
    landing.reject.append(
        RejectRow(
            reject.stage,
            reject.reason,
            reject.detail,
            reject.source,
            reject.path,
            reject.record,
            reject.url,
            reject.raw_id,
            reject.seen_at,
        )
    )


def turn_away(article: Article, receipt_id: str, landing: Landing) -> None:
    """Refuse an article that was taken out for good; its words are not kept, nor the bytes that it came in."""
    detail = f"it was taken out (receipt {receipt_id}) and stays out; to let it in: wirehouse forget --undo {receipt_id}"
    landing.reject.append(
        RejectRow(
            "judge", "forgotten", detail, article.source, article.path, article.record, None, article.raw_id, article.seen_at
        )
    )
    raws = {article.raw_id, article.page_raw_id or article.raw_id}
    landing.withheld += [WithheldRow(raw_id, receipt_id, article.seen_at) for raw_id in sorted(raws)]


def _close(verdict: Verdict, article: Article, landing: Landing) -> None:
    landing.closed.append(ClosedRow(verdict.article_id, verdict.version - 1, article.seen_at))


def _sighting(article: Article, verdict: Verdict, version_hash: str) -> SightingRow:
    return SightingRow(
        verdict.article_id, verdict.version, verdict.kind, verdict.matched_by, article.source, article.path, article.record,
        article.guid, article.url, article.title if verdict.kind == "seen" else None, article.raw_id, article.seen_at,
        version_hash,
    )  # fmt: skip


def _version(article: Article, prints: Print, verdict: Verdict) -> VersionRow:
    published, modified = article.published, article.modified
    return VersionRow(
        article_id=verdict.article_id,
        version=verdict.version,
        valid_from=article.seen_at,
        change_kind=verdict.change_kind,
        changed_share=verdict.changed_share,
        title=article.title,
        title_from=article.title_from,
        summary=article.summary,
        head=article.head,
        text=article.text,
        tail=article.tail,
        url=article.url,
        authors=article.authors,
        agency=article.agency,
        dateline_place=article.dateline_place,
        dateline_country=article.dateline_country,
        published_at=published.at if published else None,
        published_precision=published.precision if published else None,
        published_from=published.origin if published else None,
        published_confidence=published.confidence if published else None,
        modified_at=modified.at if modified else None,
        modified_precision=modified.precision if modified else None,
        modified_from=modified.origin if modified else None,
        language=article.language,
        language_confidence=article.language_confidence,
        section=article.section,
        keywords=article.keywords,
        image=article.image,
        access=article.access,
        words=prints.words,
        truncated=article.truncated,
        content_hash=prints.content,
        version_hash=prints.version,
        format=article.format,
        extractor=article.extractor,
        text_from=article.text_from,
        raw_id=article.page_raw_id or article.raw_id,
        record=0 if article.page_raw_id else article.record,
        note=verdict.note,
        note_kind=verdict.note_kind,
    )
