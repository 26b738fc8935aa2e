"""The readers of the quick way: each notes one kind of statement of a feed or an entry, as feedparser takes it in.

What one of them does not fully understand raises Odd. Below them stand the tables of who reads which element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.parse.formats._markup import one_line, plain, unescape
from tasks.parse.formats._meaning import Odd
from tasks.parse.formats._moments import date
from tasks.parse.formats._persons import split
from tasks.parse.formats._telling import REFERENCE, TYPES, Scope, Telling, Text, address, attributes, construct, words

if TYPE_CHECKING:
    from lxml import etree

    from tasks.parse.formats._telling import Reader

LONGEST_NAME = 200


def _title(told: Telling, element: etree._Element, scope: Scope) -> None:
    text = construct(told, element, scope, "text/plain")
    if not told.title and text.value:
        told.title = (plain(text.value) if text.media == "text/html" else one_line(text.value)) or None
        told.title_language = text.language


def _media_title(told: Telling, element: etree._Element, scope: Scope) -> None:  # noqa: ARG001
    if element.text and element.text.strip():
        told.gaps.add("title")


def _link(told: Telling, element: etree._Element, scope: Scope) -> None:
    if (target := element.get("href")) is not None:
        media = attributes(element)
        relation = media.get("rel", "alternate").lower()
        if "url" in media or "uri" in media or not target.strip():
            raise Odd("a link with two addresses, or none")
        if relation == "alternate":
            kind = media.get("type", "text/html").lower()
            if TYPES.get(kind, kind) in {"text/html", "application/xhtml+xml"}:
                told.link, told.linked = address(target.strip(), scope.base), True
            else:
                told.gaps.add("link")
        elif relation == "enclosure":
            told.attached.append(media | {"href": address(target.strip(), scope.base)})
        return
    if element.get("rel", "alternate").lower() != "alternate":
        raise Odd("a link to something else, without its address")
    if value := words(element):
        value = address(value.replace("&amp;", "&"), scope.base)
        if told.linked and told.link != value:
            raise Odd("two links")
        told.link, told.linked = value, True


def _id(told: Telling, element: etree._Element, scope: Scope) -> None:
    value = words(element)
    permanent = attributes(element).get("ispermalink", "true")
    if permanent.strip().lower() == "true":
        value = address(value, scope.base) if value else value
        if not told.link:
            told.link = value or None
    if value and told.id and told.id != value and not told.document.version.startswith("rss10"):
        raise Odd("two identities")
    told.id = value or told.id


def _author(told: Telling, element: etree._Element, scope: Scope) -> None:  # noqa: ARG001
    if len(element):
        name, email = _person(told, element)
        if told.authors and (email or "@" in (told.author or "")):
            raise Odd("several authors, and addresses")
        told.author = f"{name} ({email})" if name and email else name or email
        if shown_as := plain(name or email or ""):
            told.authors.append(shown_as)
    elif value := words(element):
        if len(value) > LONGEST_NAME or ("&" in value and REFERENCE.search(value)):
            raise Odd("a name that is none")
        name, email = split(value) if "@" in value else (value, None)
        told.author = value
        if shown_as := plain(name or email or ""):
            told.authors.append(shown_as)


def _person(told: Telling, element: etree._Element) -> tuple[str | None, str | None]:
    found: dict[str, str] = {}
    for part in element:
        name = told.document.meaning(part)
        if name in {"name", "email"} and name not in found:
            found[name] = words(part)
        elif name not in {"uri", "url", "homepage"} and name[0] != "?":
            raise Odd("an author who is told in another way")
    if (element.text or "").strip() or not found.get("name") or len(found["name"]) > LONGEST_NAME:
        raise Odd("an author without a name")
    if any(REFERENCE.search(value) for value in found.values()):
        raise Odd("a name that is none")
    return found["name"], found.get("email") or None


def _dated(kind: str) -> Reader:
    def reader(told: Telling, element: etree._Element, scope: Scope) -> None:  # noqa: ARG001
        if (value := words(element)) and (moment := date(value)):
            told.dates[kind] = moment

    return reader


def _described(default: str) -> Reader:
    """A first one is the summary, a second one the content, unless there was a content before."""

    def reader(told: Telling, element: etree._Element, scope: Scope) -> None:
        if told.summary is not None and not told.hushed:
            told.hushed = True
            told.contents.append(construct(told, element, scope, "text/plain"))
        elif told.entry or default == "text/plain":
            told.summary = construct(told, element, scope, default)
        else:
            told.subtitle = construct(told, element, scope, default)

    return reader


def _contained(default: str) -> Reader:
    def reader(told: Telling, element: etree._Element, scope: Scope) -> None:
        told.hushed = True
        text = construct(told, element, scope, default)
        told.contents.append(text)
        if told.summary is None:
            told.summary = Text(text.value, None, None)

    return reader


def _subtitle(told: Telling, element: etree._Element, scope: Scope) -> None:
    text = construct(told, element, scope, "text/plain")
    if not told.entry:
        told.subtitle = text


def _caption(told: Telling, element: etree._Element, scope: Scope) -> None:
    told.captions.append((element, scope))


def _rights(told: Telling, element: etree._Element, scope: Scope) -> None:
    told.rights = construct(told, element, scope, "text/plain")


def _language(told: Telling, element: etree._Element, scope: Scope) -> None:  # noqa: ARG001
    told.language = words(element) or told.language


def _category(told: Telling, element: etree._Element, scope: Scope) -> None:  # noqa: ARG001
    """Atom and iTunes write the term into an attribute, RSS between the tags."""
    stated = (element.get("term") or element.get("text") or element.get("label") or "").strip() if element.keys() else ""
    value = "" if stated and len(element) else words(element)
    if stated and value:
        raise Odd("a category of two terms")
    if term := one_line(unescape(stated or value)):
        told.categories.append(term)


def _genre(told: Telling, element: etree._Element, scope: Scope) -> None:
    _category(told, element, scope)
    told.hear(element, scope, {"itunes_category": _genre})


def _keywords(told: Telling, element: etree._Element, scope: Scope) -> None:  # noqa: ARG001
    if element.attrib:
        raise Odd("keywords with attributes")
    told.categories += [term for part in words(element).split(",") if (term := one_line(unescape(part)))]


def _enclosure(told: Telling, element: etree._Element, scope: Scope) -> None:  # noqa: ARG001
    if len(element):
        raise Odd("an enclosure that holds something")
    told.attached.append(attributes(element))


def _media(told: Telling, element: etree._Element, scope: Scope) -> None:
    told.media.append(attributes(element))
    if (element.text or "").strip():
        told.gaps.add("text")
    if len(element):
        told.gaps.add("text")
        told.hear(element, scope, MEDIA)


def _group(told: Telling, element: etree._Element, scope: Scope) -> None:
    told.hear(element, scope, MEDIA)


def _thumbnail(told: Telling, element: etree._Element, scope: Scope) -> None:  # noqa: ARG001
    if target := (element.get("url") or element.get("href") or words(element)).strip():
        told.thumbnails.append(target)


def _itunes_image(told: Telling, element: etree._Element, scope: Scope) -> None:  # noqa: ARG001
    told.image = (element.get("href") or element.get("url") or "").strip() or told.image


def _channel_image(told: Telling, element: etree._Element, scope: Scope) -> None:
    for part in element:
        name = told.document.meaning(part)
        if name == "url":
            told.image = address(words(part), told.document.within(part, scope).base) or told.image
        elif name not in {"title", "link", "width", "height", "description"}:
            raise Odd("a picture that is told in another way")


def _logo(told: Telling, element: etree._Element, scope: Scope) -> None:
    told.image = told.image or address(words(element), scope.base) or None


def _apart(told: Telling, element: etree._Element, scope: Scope) -> None:
    """Entries are told by themselves."""


def _timed(name: str) -> Reader:
    def reader(told: Telling, element: etree._Element, scope: Scope) -> None:  # noqa: ARG001
        told.timing[name] = words(element)

    return reader


def _silent(*allowed: str) -> Reader:
    """Something that is nothing to us, and may hold no more than that."""
    names = frozenset(allowed)

    def reader(told: Telling, element: etree._Element, scope: Scope) -> None:  # noqa: ARG001
        for inside in element.iterdescendants():
            name = told.document.meaning(inside)
            if name not in names and name[0] != "?":
                raise Odd(f"{name} where it does not belong")

    return reader


PERSONAL = _silent("name", "email", "uri", "url", "homepage", "itunes_name", "itunes_email")
NOTHING = _silent()
COMMON: dict[str, Reader] = {
    "title": _title, "dc_title": _title,
    "link": _link, "guid": _id, "id": _id,
    **dict.fromkeys(("author", "dc_author", "dc_creator", "itunes_author", "managingeditor"), _author),
    **dict.fromkeys(("published", "pubdate", "issued", "dcterms_issued"), _dated("published")),
    **dict.fromkeys(("updated", "modified", "lastbuilddate", "dc_date", "dcterms_modified"), _dated("updated")),
    **dict.fromkeys(("created", "dcterms_created"), _dated("created")),
    "description": _described("text/html"), "dc_description": _described("text/html"),
    "summary": _described("text/plain"), "itunes_summary": _described("text/plain"),
    **dict.fromkeys(("subtitle", "tagline", "itunes_subtitle"), _subtitle),
    **dict.fromkeys(("rights", "copyright", "dc_rights"), _rights),
    "dc_language": _language,
    **dict.fromkeys(("category", "dc_subject", "media_category"), _category),
    "itunes_keywords": _keywords, "media_keywords": _keywords,
    "itunes_image": _itunes_image,
    "contributor": PERSONAL, "dc_contributor": PERSONAL, "itunes_owner": PERSONAL,
    **dict.fromkeys((
        "generator", "cloud", "webmaster", "dc_publisher", "itunes_block", "itunes_explicit", "cc_license",
        "creativecommons_license", "dcterms_valid", "expirationdate", "feedburner_browserfriendly", "media_rating",
        "media_restriction", "media_credit",
        "media_license", "media_player",
    ), NOTHING),
}  # fmt: skip
MEDIA: dict[str, Reader] = {
    name: reader for name, reader in COMMON.items() if name.startswith("media_")
} | {
    "media_title": _media_title, "media_description": _caption, "media_content": _media, "media_group": _group,
    "media_thumbnail": _thumbnail,
}  # fmt: skip
ENTRY: dict[str, Reader] = COMMON | MEDIA | {
    "content": _contained("text/plain"), "content_encoded": _contained("text/html"),
    "enclosure": _enclosure,
    "source": _silent(
        "title", "link", "id", "updated", "author", "contributor", "name", "email", "uri", "url", "rights", "subtitle",
        "generator", "category", "published", "logo",
    ),
    **dict.fromkeys((
        "sy_updateperiod", "sy_updatefrequency", "ttl", "georss_point", "georss_box", "georss_line", "georss_polygon", "geo_lat",
        "geo_long", "georss_where", "psc_chapters",
    ), _silent("gml_point", "gml_pos", "psc_chapter")),
}  # fmt: skip
CHANNEL: dict[str, Reader] = COMMON | {
    "item": _apart, "entry": _apart,
    "language": _language, "itunes_category": _genre,
    "image": _channel_image, "logo": _logo,
    "textinput": _silent("title", "description", "name", "link"),
    "ttl": _timed("ttl"), "sy_updateperiod": _timed("period"), "sy_updatefrequency": _timed("frequency"),
}  # fmt: skip
