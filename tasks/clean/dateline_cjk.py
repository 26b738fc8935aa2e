"""Datelines of East Asian agencies: 【東京共同】, 新华社北京6月14日电, （中央社記者王大明台北14日電）, (서울=연합뉴스)."""

from __future__ import annotations

import re

from tasks.clean.agencies import agency
from tasks.clean.dateline import REACH, Dateline, Kind, Piece

DAY = r"(?P<date>(?:(?:\d{4}年)?\d{1,2}月)?\d{1,2}日)"
AGENCY = (
    r"(?P<agency>共同通信|共同社|共同|時事通信|時事|ロイター|AFP時事|AFP|AP通信|AP|新华社|新華社|新华网|中新社|中新网|中新網|中央社|路透社|路透|法新社|德新社|"
    r"美联社|美聯社|塔斯社|俄新社|韩联社|韓聯社|聯合ニュース|朝鮮中央通信|朝中社|时事社|央视网|연합뉴스|뉴시스|뉴스1|로이터|신화)"
)
PLACE = r"(?P<place>[^\s＝=・\d【】()（）\[\]]{0,12}?)"
REPORTER = r"(?:(?P<byline>[^\W\d_]{2,5}) ?(?:특파원|기자)[ 　]*)?"
WIRED = r"[專专]?[電电]"  # "電": by telegraph, the sign at the end of Chinese datelines
NAMES = r"(?P<byline>[^\W\d_]{2,4}(?:[、 　][^\W\d_]{2,4}){0,4})"
BY_REPORTER = rf"[ 　]?[(（][記记]者[ 　]?{NAMES}[)）]"
REPORTS = r"(?:[專专]?[電电]|(?:綜合|综合)?(?:報導|报道))"
STYLES = (
    re.compile(rf"[(（]?{AGENCY}[記记]者(?P<byline>[^\W\d_]{{2,3}})(?P<place>[^\W\d_]{{2}}){DAY}{WIRED}[)）]?[ 　]*"),
    re.compile(
        rf"[(（]?{AGENCY}(?P<place>[^\W\d_]{{0,10}}){DAY}{WIRED}(?:{BY_REPORTER}|[(（][^()（）\n]{{1,40}}[)）])?[)）]?[ 　]*"
    ),
    re.compile(rf"【{AGENCY}(?P<place>[^【】\s＝=・\d]{{0,12}}){DAY}?[电電]?】[ 　]*"),
    re.compile(
        rf"[【\[［(（]{PLACE}[ 　]{{0,2}}{DAY}?[ 　＝=・]{{0,2}}{AGENCY}(?:＝[^】\n]{{1,12}})?[】\]］)）]"
        rf"[ 　]*{REPORTER}[-－–—=]?[ 　]*"
    ),
)
SIGNED = (  # by a paper's own people: 記者王大明／台北報導, 【ロンドン＝山田太郎】, 김가람 기자 =
    re.compile(
        rf"[【\[（(〔]?(?:{AGENCY}|本[报報])?[記记]者[ 　]?(?P<byline>[^\W\d_]{{2,3}})"
        rf"[／/╱ 　]?(?P<place>[^\W\d_]{{2,3}}){REPORTS}"
        r"[】\]）)〕]?[ 　]*"
    ),
    re.compile(rf"(?:{AGENCY}|本[报報])?[記记]者[ 　：:]{{1,2}}{NAMES}[ 　]*$"),
    re.compile(r"【(?P<place>[^】＝=\d\s]{1,12})[＝=](?P<byline>[^】＝=\d]{2,12})】[ 　]*"),
    re.compile(r"(?P<byline>[가-힣]{2,4}) ?(?:선임)?(?:기자|특파원)(?: ?[\w.+-]{1,40}@[\w.-]{1,40})?(?: ?= ?|$)"),
)
WIDE = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
KINDS: tuple[Kind, ...] = ("place", "date", "agency", "byline")


def dateline_cjk(text: str, start: int, stop: int) -> Dateline | None:
    """The dateline in an East Asian house style that begins at `start`; None if none does."""
    for style in (*STYLES, *SIGNED):
        match = style.match(text, start, min(stop, start + REACH))
        if match is None or WIDE.search(match[0]) is None or (style in STYLES and agency(match["agency"]) is None):
            continue
        end = match.end()
        while end < len(text) and text[end].isspace():
            end += 1
        if end == len(text):
            return None
        spans = [(kind, *match.span(kind)) for kind in KINDS if kind in style.groupindex]
        pieces = sorted((Piece(*span) for span in spans if span[2] > span[1] >= 0), key=lambda piece: piece.start)
        return Dateline(tuple(pieces), end, dashed=True, known=True)
    return None
