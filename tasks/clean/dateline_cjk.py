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
STYLES = (
    re.compile(rf"[(（]?{AGENCY}[記记]者(?P<byline>[^\W\d_]{{2,3}})(?P<place>[^\W\d_]{{2}}){DAY}{WIRED}[)）]?[ 　]*"),
    re.compile(rf"[(（]?{AGENCY}(?P<place>[^\W\d_]{{0,10}}){DAY}{WIRED}(?:[(（][^()（）\n]{{1,40}}[)）])?[)）]?[ 　]*"),
    re.compile(rf"【{AGENCY}(?P<place>[^【】\s＝=・\d]{{0,12}}){DAY}?[电電]?】[ 　]*"),
    re.compile(
        rf"[【\[［(（]{PLACE}[ 　]{{0,2}}{DAY}?[ 　＝=・]{{0,2}}{AGENCY}(?:＝[^】\n]{{1,12}})?[】\]］)）]"
        rf"[ 　]*{REPORTER}[-－–—=]?[ 　]*"
    ),
)
KINDS: tuple[Kind, ...] = ("place", "date", "agency", "byline")


def dateline_cjk(text: str, start: int, stop: int) -> Dateline | None:
    """The dateline in an East Asian house style that begins at `start`; None if none does."""
    for style in STYLES:
        match = style.match(text, start, min(stop, start + REACH))
        if match is None or match.end() >= len(text) or agency(match["agency"]) is None:
            continue
        spans = [(kind, *match.span(kind)) for kind in KINDS if kind in style.groupindex]
        pieces = sorted((Piece(*span) for span in spans if span[2] > span[1] >= 0), key=lambda piece: piece.start)
        return Dateline(tuple(pieces), match.end(), dashed=True, known=True)
    return None
