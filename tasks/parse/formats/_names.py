"""The names that publishers give an article's fields in JSON, JSON Lines and tables, in order of preference.

Folded: lower case, without dashes, underscores, blanks, dots, colons and "@". Among them are those of schema.org's
NewsArticle, IPTC ninjs 1.x–3.x, JSON Feed, WordPress' REST interface, NewsAPI and the usual exports.
"""

from __future__ import annotations

GUID = ("guid", "uuid", "articleid", "storyid", "docid", "id", "uri")
URL = (
    "url", "canonicalurl", "link", "weburl", "permalink", "articleurl", "sourceurl", "pageurl", "shareurl", "externalurl",
    "ogurl", "href", "mainentityofpage",
)  # fmt: skip
TITLE = (
    "title", "headline", "headlines", "hed", "articletitle", "webtitle", "pagetitle", "headlinetext", "ogtitle", "dctitle",
    "titel", "überschrift", "schlagzeile", "titre", "título", "titulo", "titolo",
)  # fmt: skip
NAME = ("name",)  # a title only beside a text: anything may have a name
SUMMARY = (
    "summary", "description", "abstract", "teaser", "standfirst", "dek", "deck", "subtitle", "subheadline", "excerpt",
    "snippet", "trailtext", "shortdescription", "leadparagraph", "lead", "lede", "ogdescription", "metadescription",
    "descriptions", "descriptiontext",
)  # fmt: skip
TEXT = (
    "articlebody", "maintext", "bodytext", "fulltext", "articletext", "contenttext", "plaintext", "cleantext", "newstext",
    "storybody", "storytext", "newsbody", "inhalt", "artikeltext", "texte", "contenu", "texto", "cuerpo", "conteúdo", "testo",
    "text", "body", "bodies", "content", "story", "article",
)  # fmt: skip
HTML = ("contenthtml", "bodyhtml", "bodyxhtml", "articlehtml", "html", "rawhtml", "texthtml")
AUTHORS = (
    "authors", "author", "byline", "bylines", "creator", "creators", "writer", "writers", "reporter", "dccreator", "by",
    "autor", "autoren", "auteur", "auteurs", "autores", "autore",
)  # fmt: skip
PUBLISHED = (
    "publishedat", "published", "datepublished", "publicationdate", "publisheddate", "publishdate", "datepublish", "pubdate",
    "firstpublished", "firstpublishedat", "publishedon", "publishtime", "publishedtime", "webpublicationdate", "dategmt",
    "date", "datetime", "issued", "firstcreated", "createdat", "datecreated", "created", "timestamp", "time", "dcdate",
    "versioncreated", "datum", "veröffentlicht", "fecha", "publié",
)  # fmt: skip
MODIFIED = (
    "modified", "updated", "modifiedat", "updatedat", "datemodified", "datemodify", "modifieddate", "updateddate", "modifiedgmt",
    "dateupdated", "lastmodified", "lastupdated", "lastmod", "versioncreated", "contentmodified",
)  # fmt: skip
LANGUAGE = ("language", "lang", "inlanguage", "languagecode", "dclanguage")
OUTLET = ("outlet", "publisher", "publication", "sitename", "ogsitename", "newspaper", "provider", "source", "sourcename")
AGENCY = ("agency", "newsagency", "wireservice", "credit", "creditline")
DATELINE = ("dateline", "located")
SECTION = ("section", "sectionname", "articlesection", "category", "desk", "newsdesk", "rubric", "department")
KEYWORDS = ("keywords", "tags", "topics", "subjects", "subject", "categories", "tag", "keyword")
IMAGE = (
    "image", "imageurl", "topimage", "leadimage", "mainimage", "urltoimage", "featuredimage", "bannerimage", "thumbnail",
    "thumbnailurl", "ogimage", "picture", "photo",
)  # fmt: skip

KNOWN = frozenset().union(
    GUID, URL, TITLE, NAME, SUMMARY, TEXT, HTML, AUTHORS, PUBLISHED, MODIFIED, LANGUAGE, OUTLET, AGENCY, DATELINE, SECTION,
    KEYWORDS, IMAGE,
)  # fmt: skip
TELLING = frozenset().union(TITLE, TEXT, HTML)  # without one of these there is no article

WRAPPED = ("source", "fields", "attributes", "article", "document", "doc", "post", "node")  # objects that hold the record
LISTS = ("articles", "items", "results", "data", "docs", "documents", "stories", "entries", "posts", "news", "hits", "records")
