"""Canonical URLs: one address for one page, whichever way a reader came to it (RFC 3986, and what publishers do).

Tracking parameters, session ids, AMP and mobile forms go; real parameters stay, in their order.
"""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

TRACKING_PREFIXES = (
    "utm_",
    "at_",
    "pk_",
    "mtm_",
    "piwik_",
    "hsa_",
    "_hs",
    "vero_",
    "wt_",
    "oly_",
    "ns_",
    "mc_",
    "stm_",
    "itm_",
    "xtor",
)
TRACKING = frozenset(
    """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid igshid igsh mkt_tok s_cid s_kwcid scid cmpid cmp
    cmp_id campaign campaign_id ncid icid ocid wt.mc_id wtmc cid_source ito guccounter guce_referrer guce_referrer_sig smid
    smtyp ref_src ref_url _ga _gl partner_id recirc_source share_from spm taid trk trkcampaign ftag rss feedtype ftcamp srnd
    sref emci emdi ceid rnd __twitter_impression __tn__ ved ei usp usqp amp_js_v amp_gsa amp_r
    """.split()
)
SOCIAL = frozenset({"rss", "feed", "twitter", "facebook", "newsletter"})
TRACKING_VALUES = {
    "ref": SOCIAL,
    "source": SOCIAL,
    "from": SOCIAL,
    "feature": frozenset({"share"}),
    "output": frozenset({"amp"}),
    "outputtype": frozenset({"amp"}),
    "mode": frozenset({"amp"}),
    "amp": frozenset({"", "1", "true"}),
}
SESSIONS = frozenset(["jsessionid", "phpsessid", "sid", "sessionid", "session_id", "aspsessionid", "cfid", "cftoken"])
SESSION_VALUE = re.compile(r"[0-9A-Za-z._!-]{16,}")
SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
ASP_SESSION = re.compile(r"/\([A-Z]\([0-9a-z]{20,}\)\)", re.IGNORECASE)
MOBILE = re.compile(r"^(?:(?:m|mobile|amp|www-amp|amp-www|wap)\.)(?=[^.]+\.)", re.IGNORECASE)
AMP_CACHE = re.compile(r"^([a-z0-9-]+)\.cdn\.ampproject\.org$", re.IGNORECASE)
AMP_TAIL = re.compile(r"(?:/amp/?|\.amp(?=\.html?$)|\.amp$)$|\.amp(?=\.html?$)", re.IGNORECASE)
AMP_HEAD = re.compile(r"^/amp/(?=.)", re.IGNORECASE)
PORTS = {"http": ":80", "https": ":443"}
SAFE = "/:@!$&'()*+,;=-._~"


def canonical(url: str | None, base: str | None = None) -> str | None:
    """The canonical form of an http(s) address, resolved against `base`; None for anything else. Idempotent."""
    if not url:
        return None
    try:
        parts = urlsplit(urljoin(base or "", re.sub(r"[\s\x00-\x1f]+", "", url) if "\n" in url or "\t" in url else url.strip()))
        if parts.scheme.lower() not in PORTS or not parts.hostname or not parts.hostname.strip("."):
            return None
        if (inner := _out_of_cache(parts.hostname, parts.path)) is not None:
            return canonical(f"{inner}?{parts.query}" if parts.query else inner)
        scheme, host = "https" if parts.scheme.lower() == "https" else "http", _host(parts.hostname)
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:  # urlsplit on malformed brackets, ports out of range
        return None
    port = "" if port in PORTS.values() else port
    path = _path(parts.path)
    return urlunsplit((scheme, host + port, path, _query(parts.query), ""))


def domain(url: str | None) -> str | None:
    """The host of an address without "www."; None if there is none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _host(host: str) -> str:
    host = host.lower().rstrip(".")
    with suppress(UnicodeError):
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    return MOBILE.sub("", host)


def _out_of_cache(host: str, path: str) -> str | None:
    """The publisher's address inside one of an AMP cache or viewer."""
    if AMP_CACHE.match(host) and (m := re.match(r"^/(?:c|v|i|wp)/(s/)?(.+)$", path)):
        return f"{'https' if m[1] else 'http'}://{m[2]}"
    if re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,6}", host) and (m := re.match(r"^/amp/(s/)?(.+\..+)$", path)):
        return f"{'https' if m[1] else 'http'}://{m[2]}"
    return None


def _path(path: str) -> str:
    path = ASP_SESSION.sub("", SESSION_PATH.sub("", path))
    path = AMP_HEAD.sub("/", AMP_TAIL.sub("", path)) or "/"
    path = re.sub(r"/{2,}", "/", path)
    return quote(unquote(path), safe=SAFE) if "%25" not in path else path


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=200) if query.count("&") < 200 else []
    kept = [(name, value) for name, value in pairs if not _tracks(name.lower(), value)]
    return urlencode(kept, safe=SAFE, quote_via=quote)


def _tracks(name: str, value: str) -> bool:
    if name in TRACKING or name.startswith(TRACKING_PREFIXES):
        return True
    if name in SESSIONS and SESSION_VALUE.fullmatch(value):
        return True
    return value.lower() in TRACKING_VALUES.get(name, ())
