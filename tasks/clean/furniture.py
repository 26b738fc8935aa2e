"""What stands on a page beside the article: elements known by their names, and lines known by how they begin."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NEVER: Final = tuple(
    """
    script style noscript template svg iframe object embed canvas audio video nav button select option input textarea dialog
    figcaption link meta menu
    """.split()
)
NAMED: Final = tuple(
    """
    div section aside ul ol p span figure footer header a h2 h3 h4 li dl small strong em blockquote article table details
    time address amp-sidebar
    """.split()
)
# Tokens of class and id, in lower case with camelCase cut apart, that name furniture.
TOKENS: Final = re.compile(
    r"(?:^|[\s_-])(?:"
    r"newsletters?|nl-signup|sign-?up|subscri(?:be|ption)s?(?:-box|-cta|-banner|-form)?|"
    r"related(?:-\w+)?|recirc(?:ulation)?|recommend(?:ed|ations?)?|"
    r"read-?more|readmore|more-?(?:on|from|stories|news)|see-?also|also-?read|"
    r"most-?(?:read|popular|viewed)|trending|popular|outbrain|taboola|promos?|promo-?box|teaser-?lists?|"
    r"shar(?:e|ing)(?:-?(?:bar|buttons?|tools?|links?|icons?))?|social(?:-?(?:media|share|links|bar|icons))?|follow-?us|"
    r"comments?(?:-?(?:section|list|area|form|count|container))?|disqus(?:-thread)?|respond|"
    r"cookies?(?:-?(?:banner|notice|consent))?|consent|gdpr|"
    r"advert(?:isement|ising)?s?|sponsored|sponsor|ad-?(?:container|wrapper|slot|unit|label|box)|"
    r"breadcrumbs?|captions?|photo-?credits?|image-?credits?|img-?credit|copyright|credits?|"
    r"author-?(?:bio|box|info|card|description|profile|details)|about-?(?:the-)?author|byline|bylines|"
    r"tag-?(?:list|cloud|links)|tags|topics|keywords|article-?tags|article-?topics|"
    r"sidebar(?=$|\s)|site-?footer|page-?footer|print-?only|visually-?hidden|sr-?only|screen-?reader(?:-text)?|"
    r"infobox-?ad|app-?(?:promo|banner)|donat(?:e|ion)|push-?notification|tooltip|lightbox|gallery-?nav|toc|table-?of-?contents"
    r")(?=$|[\s_-])"
)
CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
HIDDEN: Final = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden")
SHARE: Final = 0.3  # an element with more of the page's paragraphs than this holds the article, whatever its name


def _phrases(text: str) -> str:
    """Phrases, divided by commas, as alternatives of an expression; any apostrophe will do."""
    phrases = sorted((" ".join(phrase.split()) for phrase in text.split(",")), key=len, reverse=True)
    return "|".join(re.escape(phrase).replace("'", "['’]") for phrase in phrases)


# A line that begins so leads elsewhere, whatever follows.
LEADING: Final = _phrases(
    """
    read more, read also, also read, read next, further reading, see also, see more, explore further, click here, tap here,
    sign up for, sign up to, sign up now, subscribe to, subscribe now, subscribe for, join us on, join our, follow us,
    follow along with, like us on, download our, get the latest, share this, share on, tell us what, article continues,
    story continues, continue reading, more on this, what to read next, get in touch with our, listen to this article,
    lesen sie auch, lesen sie hier, lesen sie mehr, lesen sie dazu, lies auch, lies hier, das könnte sie, das könnte dich,
    mehr zum thema, mehr dazu, auch interessant, weitere artikel, weitere informationen, weitere meldungen, hier lesen,
    jetzt lesen, jetzt abonnieren, jetzt anmelden, passend dazu, siehe auch, lesetipp, externer inhalt, empfohlener inhalt,
    empfohlener externer inhalt, empfohlener redaktioneller inhalt, folgen sie uns, zur startseite,
    lire aussi, à lire aussi, a lire aussi, lire la suite, lire également, voir aussi, en savoir plus, sur le même sujet,
    lea también, lee también, te puede interesar, leer más, ver también, lea además, noticias relacionadas, síguenos en,
    leia também, leia mais, veja também, saiba mais, siga o, leggi anche, leggi di più, potrebbe interessarti, guarda anche,
    lees ook, lees meer, lees verder, bekijk ook, läs också, läs mer, läs även, les også, les mer, læs også, læs mere,
    lue myös, lue lisää, czytaj też, czytaj także, czytaj więcej, zobacz też, zobacz także, čtěte také, čtěte více,
    читайте также, читать далее, смотрите также, читайте також, baca juga, xem thêm, devamını oku, ilgili haberler,
    関連記事, あわせて読みたい, 続きを読む, 相关阅读, 延伸閱讀, 관련기사
    """
)
# A line that is no more than this, perhaps of something ("Most read in Sport"), heads or labels furniture.
ALONE: Final = _phrases(
    """
    advertisement, loading, newsletter, related, related articles, related stories, related news, related content,
    related topics, related posts, related links, related coverage, recommended, recommended for you, recommended reading,
    recommended stories, trending, trending now, top stories, most read, most popular, most viewed, up next, don't miss,
    do not miss, in this article, in this story, more stories, more news, copy link, print article, order reprints, photos,
    comments, tags, topics, share, watch, listen, anzeige, werbung, themen, schlagworte, mehr von, mehr aus, zum thema,
    publicité, publicidad, más información, publicidade, pubblicità, per approfondire, advertentie, meer over, annons,
    annonse, mer om, reklama, реклама, reklam
    """
)
# With a colon, a dash or a bar behind it, such a word labels a link.
LABELS: Final = _phrases(
    "read, watch, listen, related, see, more, read this, read on, recommended, trending, don't miss, mehr, lies"
)
POINTERS: Final = re.compile(
    rf"(?i)\W{{0,5}}(?:(?:{LEADING})(?!\w)|(?:{ALONE})(?: (?:in|on|from|in den|aus) .{{1,40}})?\W{{0,3}}$|(?:{LABELS})\s?[:>|–])"
)
# Short lines that only credit a picture.
CREDITS: Final = re.compile(
    r"(?i)\W{0,3}(?:(?:photos?|photographs?|pictures?|pics?|images?|fotos?|bild(?:er)?|quelle|kuva|zdjęcie|фото|resim|写真|照片|사진)"
    r"(?: (?:by|credit|courtesy|von|par|de|di|av))?\s?[:/©]|(?:credits?|"
    r"crédits?|copyright|bildquelle|bildnachweis)\s?[:/©]|©|\(c\)\s)|"
    r".{0,80}(?:/|\b(?:via|by)\s)\s?(?:getty|afp|reuters|ap|epa|shutterstock|"
    r"imago|picture alliance|dpa)(?: images| photo)?[\s)\]]{0,3}$|"
    r"(?:getty images|shutterstock|reuters|istock|imago|picture alliance|"
    r"afp|ap photo|stock photo|file photo|symbolbild|archivbild)\W{0,3}$"
)
SHORT: Final = 220  # characters; a longer line is text even if it begins like a pointer


def prune(tree: HtmlElement) -> None:
    """Take furniture out of the tree, in place; text after an element stays. What holds much of the text stays, too."""
    for element in list(tree.iter(*NEVER)):
        _drop(element)
    weights = _weights(tree)
    titled = {above for heading in islice(tree.iter("h1"), 12) for above in (heading, *heading.iterancestors())}
    limit = SHARE * weights.get(tree, 0)
    for element in list(tree.iter(*NAMED)):
        if _named(element) and element not in titled and weights.get(element, 0) <= limit:
            _drop(element)


def _weights(tree: HtmlElement) -> dict[HtmlElement, int]:
    """How many characters of paragraphs every element holds that holds any; one pass, whatever the nesting."""
    weights: dict[HtmlElement, int] = {}
    for element in reversed(list(tree.iter())):
        weight = weights.get(element, 0) + (len(element.text_content()) if element.tag == "p" else 0)
        if weight:
            weights[element] = weight
            if (parent := element.getparent()) is not None:
                weights[parent] = weights.get(parent, 0) + weight
    return weights


def pointer(line: str) -> bool:
    """Whether a line only leads elsewhere, or credits a picture."""
    return len(line) <= SHORT and bool(POINTERS.match(line) or CREDITS.match(line))


def _named(element: HtmlElement) -> bool:
    said = f"{element.get('class') or ''} {element.get('id') or ''}"
    if len(said) > 1 and len(said) < 600 and TOKENS.search(CAMEL.sub("-", said).lower()):
        return True
    if element.tag == "p" or "paywall" in said:  # text kept from those who do not pay is still the article's
        return False
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return bool(style and HIDDEN.search(style))


def _drop(element: HtmlElement) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
