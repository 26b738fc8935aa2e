"""The full-text index: it follows the warehouse through crashes and takedowns, and finds what people type."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from shutil import rmtree
from typing import TYPE_CHECKING

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT, environment
from warehouse import search
from warehouse.errors import QueryError, StoreError
from warehouse.layout import Layout
from warehouse.migrate import migrate
from warehouse.query import ask, reading
from warehouse.search_find import Only, find, unknown
from warehouse.search_marks import marks, snippet
from warehouse.search_query import parse
from warehouse.search_words import SPACELESS, folded, stems, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = datetime(2026, 6, 14)  # noqa: DTZ001  the warehouse keeps naive UTC
ALL = Only()
VERSION = """INSERT INTO news.version BY NAME SELECT
  $id AS article_id, $version AS version, $seen AS valid_from, CASE WHEN $version = 1 THEN 'first' ELSE 'content' END AS change_kind, $title AS title,
  $text AS text, ['Ada Brink'] AS authors, 'MNA' AS agency, 'Lodwar' AS dateline_place, $seen AS published_at, $language AS language, ['harbours'] AS keywords,
  9 AS words, false AS truncated, '' AS content_hash, '' AS version_hash, 'text' AS format, '' AS extractor, '' AS raw_id, 0 AS record, 'r' AS run_id, $batch AS batch_id"""


class Paper:
    """A warehouse in which articles are landed one batch each."""

    def __init__(self, folder: Path, database: str = ":memory:") -> None:
        self.layout = Layout(folder / "data")
        self.con = duckdb.connect(database)
        migrate(self.con)
        [(self.batch,)] = self.con.execute("SELECT coalesce(max(batch_id), 0) FROM ops.batch").fetchall()

    def land(
        self, article_id: str, text: str, title: str | None = None, language: str = "en", outlet: str = "Karoo Lantern"
    ) -> None:
        self.batch += 1
        seen = DAY + timedelta(days=self.batch)
        self.con.execute("INSERT INTO ops.batch VALUES ($batch, 'r', 1, 1, $seen)", {"batch": self.batch, "seen": seen})
        [(version,)] = self.con.execute(
            "SELECT count(*) + 1 FROM news.version WHERE article_id = $id", {"id": article_id}
        ).fetchall()
        if version == 1:
            self.con.execute(
                "INSERT INTO news.article VALUES ($id, 'wire', $outlet, $seen, 'r', $batch)",
                {"id": article_id, "outlet": outlet, "seen": seen, "batch": self.batch},
            )
        self.con.execute(
            "UPDATE news.version SET valid_to = $seen WHERE article_id = $id AND valid_to IS NULL",
            {"id": article_id, "seen": seen},
        )
        values = {"id": article_id, "version": version, "title": title, "text": text, "language": language}
        self.con.execute(VERSION, values | {"seen": seen, "batch": self.batch})

    def refresh(self) -> None:
        search.refresh(self.con, self.layout)

    def found(self, query: str, only: Only = ALL, **how: object) -> list[str]:
        return [hit.article_id for hit in find(search.open_index(self.layout), parse(query), only, **how).hits]  # type: ignore[arg-type]

    def holds(self, term: str) -> int:
        """How many documents of the index have a word, those among them that were deleted, but whose bytes are still there."""
        return search.open_index(self.layout).searcher().doc_freq("all", term)

    def folder(self) -> str:
        return (self.layout.search / "current").readlink().name


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Paper]:
    made = Paper(tmp_path)
    yield made
    made.con.close()


TEXTS = {
    "ferry": "The ferry to Lamu sank on Friday. Two ferries were sent to help, and a trawler's skipper saved nine.",
    "quota": "Fishers blockaded the harbour over the cod quota. A well-known skipper, Ragnhild, said 1,200 boats came.",
    "vote": "The U.S. delegation left before the vote. Banks stayed shut in San José, and 3.5 per cent voted no.",
    "bank": "The bank lent money to the ferry's owner, a company of the harbour.",
}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ferry", {"ferry", "bank"}),
        ("ferries", {"ferry", "bank"}),
        ('"ferries"', {"ferry"}),
        ("FERRY lamu", {"ferry"}),
        ("skipper -ferry", {"quota"}),
        ("skipper NOT ferry", {"quota"}),
        ("lamu OR quota", {"ferry", "quota"}),
        ("(lamu OR quota) skipper -trawler", {"quota"}),
        ("harbour -(quota OR lamu)", {"bank"}),
        ("fish*", {"quota"}),
        ('"cod quota"', {"quota"}),
        ('"quota cod"', set()),
        ("“cod quota”", {"quota"}),
        ('"cod quota', {"quota"}),
        ("well-known", {"quota"}),
        ("known-well", set()),
        ("well-kno*", {"quota"}),
        ("1200", {"quota"}),
        ("1,200", {"quota"}),
        ("3.5", {"vote"}),
        ("US", {"vote"}),
        ("u.s.", {"vote"}),
        ("jose", {"vote"}),
        ("JOSÉ", {"vote"}),
        ("trawler's skipper", {"ferry"}),
        ("title:quota", {"quota"}),
        ("title:fishers", set()),
        ("outlet:lagoon", {"vote"}),
        ("by:brink cod", {"quota"}),
        ("lodwar harbours quota", {"quota"}),
        ("lamu:", {"ferry"}),
        ("subject:lamu", set()),
        ("ferry AND lamu", {"ferry"}),
        ("lamu OR", {"ferry"}),
        (")(lamu((", {"ferry"}),
    ],
)  # fmt: skip
def test_what_people_type_finds_what_they_mean(known: Paper, query: str, expected: set[str]) -> None:
    assert set(known.found(query)) == expected


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    made = Paper(tmp_path_factory.mktemp("known"))
    for n, (article_id, text) in enumerate(TEXTS.items()):
        made.land(
            article_id,
            text,
            title="Cod quota" if article_id == "quota" else f"Story {n}",
            outlet="Lagoon Herald" if article_id == "vote" else "Karoo Lantern",
        )
    made.refresh()
    yield made
    made.con.close()


def test_the_best_come_first_or_the_newest_and_only_those_that_are_asked_for(known: Paper) -> None:
    assert known.found('"ferries" OR "ferry"')[0] == "ferry"
    assert known.found("banks")[:2] == ["vote", "bank"], "the word itself counts more than another form of it"
    assert known.found("cod OR ferry OR harbour OR vote", by="date") == ["bank", "vote", "quota", "ferry"]
    assert known.found("cod OR ferry OR harbour OR vote", by="date", most=2) == ["bank", "vote"]
    assert known.found("skipper", Only(outlet="karoo LANTERN", source="wire", language="en")) == ["quota", "ferry"]
    assert known.found("skipper", Only(outlet="Karoo")) == []
    assert known.found("skipper", Only(language="de")) == []
    second = int(DAY.replace(tzinfo=UTC).timestamp()) + 2 * 86_400
    assert known.found("skipper", Only(since=second)) == ["quota"]
    assert known.found("skipper", Only(until=second)) == ["ferry"]
    assert known.found("skipper", Only(since=second, until=second + 1)) == ["quota"]
    total = find(search.open_index(known.layout), parse("skipper OR harbour"), most=1)
    assert (len(total.hits), total.total) == (1, 3)


def test_news_of_late_come_before_what_is_as_good(paper: Paper) -> None:
    for n in range(3):
        paper.land(f"a{n}", "A glacier calved.")
    paper.con.execute("UPDATE news.version SET published_at = now()::TIMESTAMP WHERE article_id = 'a1'")
    paper.refresh()
    assert paper.found("glacier", by="recent")[0] == "a1"


LANGUAGES = [
    ("en", "Surveyors measured the glaciers above Kigali.", ["surveyor glacier", '"measured the glaciers"']),
    ("de", "Die Behörden räumten die Straßen in Müllheim.", ["strasse behorde", "straße", "STRASSEN mullheim", "müllheim"]),
    ("fr", "L’équipage a réparé les chaloupes près de l'écluse.", ["equipage ecluse", "chaloupe réparé", '"de l\'écluse"']),
    ("es", "Los pescadores reclamaron más cuotas en A Coruña.", ["pescador coruna", "cuota", "mas"]),
    ("pt", "As inundações fecharam as escolas de São Tomé.", ["inundação", "inundacoes sao", "escola"]),
    ("it", "I traghetti non partiranno, perché i marinai scioperano.", ["traghetto", "perche traghetti"]),
    ("ru", "Рыбаки ещё ждут паромов у старой пристани.", ["рыбак", "еще паром", "пристань"]),
    ("ar", "أُغلِقَت المدارس في المدينة بعد العاصفة.", ["المدارس", "اغلقت", "المدينه"]),
    ("zh", "渔船在港口沉没，九人获救。", ["渔船", "港口沉没", "获救 渔船", "船"]),
    ("ja", "フェリーが港で沈没し、九人が救助された。", ["フェリー", "沈没", "九人が救助", "ﾌｪﾘｰ"]),
    ("ko", "항구에서 여객선이 침몰했다.", ["여객선", "침몰 항구"]),
    ("th", "เรือข้ามฟากจมที่ท่าเรือ", ["ข้ามฟาก", "ท่าเรือ"]),
    ("hi", "नाव बंदरगाह में डूब गई।", ["बंदरगाह", "नाव डूब"]),
    ("el", "Τα πλοία έφυγαν από το λιμάνι.", ["λιμανι", "πλοια"]),
]  # fmt: skip


def test_every_script_is_found_and_no_other_text(paper: Paper) -> None:
    for language, text, _ in LANGUAGES:
        paper.land(language, text, language=language)
    paper.refresh()
    for language, text, queries in LANGUAGES:
        for query in queries:
            assert paper.found(query) == [language], query
            found = marks(text, parse(query), language)
            assert {m.which for m in found} == set(range(len(set(query.split())) if '"' not in query else 1)), (query, found)


def test_a_new_version_takes_the_place_of_the_old_one(paper: Paper) -> None:
    paper.land("a", "The ferry sank.")
    paper.land("b", "The harbour froze.")
    paper.refresh()
    paper.land("a", "The tramway reopened.")
    assert paper.found("ferry") == ["a"], "not before it is brought up to date"
    paper.refresh()
    assert (paper.found("ferry"), paper.found("tramway"), paper.found("harbour")) == ([], ["a"], ["b"])
    stamp = search.stamp_of(paper.layout)
    assert stamp is not None
    assert (stamp.batch, stamp.purge) == (3, False)


def everything(paper: Paper) -> dict[str, tuple[str, float]]:
    index = search.open_index(paper.layout)
    return {w: (h.article_id, h.score or 0.0) for w in ("no1", "no7", "no250", "n12") for h in find(index, parse(w)).hits}


def test_brought_up_to_date_again_and_again_it_is_as_if_made_anew(paper: Paper) -> None:
    for n in range(60):
        paper.land(f"a{n % 40}", f"The ferry no{n} of pier n{n % 13} sailed.", title=f"Ferry {n}")
        if n % 7 == 0:
            paper.refresh()
    paper.refresh()
    before, folder = {q: sorted(paper.found(q)) for q in ("ferry", "n12", "no3", "no57", "title:31")}, paper.folder()
    rmtree(paper.layout.search)
    paper.refresh()
    assert {q: sorted(paper.found(q)) for q in before} == before
    assert len(before["ferry"]) == 40
    assert before["no3"] == []
    assert paper.folder() != folder


def test_nothing_new_costs_nothing(paper: Paper) -> None:
    paper.land("a", "The ferry sank.")
    paper.refresh()
    files = sorted(p.name for p in paper.layout.search.rglob("*"))
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        paper.refresh()
        taken.append(time.perf_counter() - began)
    assert sorted(p.name for p in paper.layout.search.rglob("*")) == files
    assert min(taken) < 0.02


def test_what_is_removed_is_found_no_more_and_its_bytes_go(paper: Paper) -> None:
    paper.land("a", "The ferry sank off Quarbletown.")
    paper.land("b", "The harbour froze.")
    paper.refresh()
    paper.land("a", "The ferry was raised off Quarbletown, and Snorvik rejoiced.")
    paper.refresh()
    search.remove(paper.layout, ["b-unknown"])
    assert not search.stamp_of(paper.layout).purge, "nothing of it was there"  # type: ignore[union-attr]
    search.remove(paper.layout, ["a"])
    assert paper.found("ferry") == []
    assert paper.found("harbour") == ["b"]
    assert paper.holds("quarbletown"), "found no more, but its bytes are there"
    paper.con.execute("DELETE FROM news.version WHERE article_id = 'a'")
    folder = paper.folder()
    paper.refresh()
    assert (paper.holds("quarbletown"), paper.holds("snorvik"), paper.found("harbour")) == (0, 0, ["b"])
    assert [p.name for p in paper.layout.search.glob("index-*")] == [paper.folder()]
    assert paper.folder() != folder


def test_a_removal_without_an_index_or_with_a_broken_one_leaves_nothing(paper: Paper) -> None:
    search.remove(paper.layout, ["a"])
    paper.land("a", "The ferry sank.")
    paper.refresh()
    (paper.layout.search / paper.folder() / "meta.json").write_text("{")
    search.remove(paper.layout, ["a"])
    assert not paper.layout.search.exists()


def damage_meta(folder: Path) -> None:
    (folder / "meta.json").write_bytes(b"\0" * 100)


def damage_nothing_left(folder: Path) -> None:
    rmtree(folder)


def damage_segment_gone(folder: Path) -> None:
    next(folder.glob("*.idx")).unlink()


def damage_segment_empty(folder: Path) -> None:
    os.truncate(next(folder.glob("*.store")), 0)


def damage_segment_cut(folder: Path) -> None:
    path = next(folder.glob("*.term"))
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize(
    "damage", [damage_meta, damage_nothing_left, damage_segment_gone, damage_segment_empty, damage_segment_cut]
)
def test_a_damaged_index_is_told_and_made_anew(paper: Paper, damage: object) -> None:
    paper.land("a", "The ferry sank.")
    paper.refresh()
    damage(paper.layout.search / paper.folder())  # type: ignore[operator]
    with pytest.raises(StoreError, match="no search index"):
        paper.found("ferry")
    paper.refresh()
    assert paper.found("ferry") == ["a"]


def test_an_index_of_another_warehouse_of_another_past_or_format_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = Paper(tmp_path), Paper(tmp_path)
    for n in range(3):
        one.land(f"a{n}", "The ferry sank.")
        other.land(f"b{n}", "The tramway reopened.")
    one.refresh()
    other.refresh()
    assert (other.found("ferry"), len(other.found("tramway"))) == ([], 3)
    # a warehouse restored from a backup: its third batch is another one
    other.con.execute("DELETE FROM news.version WHERE batch_id = 3; DELETE FROM ops.batch WHERE batch_id = 3")
    other.con.execute("INSERT INTO ops.batch VALUES (3, 'later run', 1, 1, now()::TIMESTAMP)")
    other.refresh()
    assert len(other.found("tramway")) == 2
    folder = other.folder()
    monkeypatch.setattr(search, "FORMAT", search.FORMAT + 1)
    other.refresh()
    assert other.folder() != folder
    assert len(other.found("tramway")) == 2
    one.con.close()
    other.con.close()


def test_a_full_or_read_only_disk_costs_a_warning(paper: Paper, caplog: pytest.LogCaptureFixture) -> None:
    paper.land("a", "The ferry sank.")
    paper.layout.data.mkdir(parents=True)
    paper.layout.search.write_text("a file where the folder should be")
    paper.refresh()
    assert "is behind" in caplog.text
    paper.layout.search.unlink()
    paper.refresh()
    assert paper.found("ferry") == ["a"]


def test_what_fails_twice_though_there_is_room_is_made_anew(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    paper.land("a", "The ferry sank.")
    paper.refresh()
    folder = paper.folder()
    paper.land("b", "The ferry was raised.")
    with monkeypatch.context() as broken:
        broken.setattr(search, "ROOM", 1 << 60)
        for _ in range(3):
            paper.refresh()
        assert (paper.folder(), paper.found("ferry")) == (folder, ["a"]), "a full disk is no damage"
        broken.setattr(search, "HEAP", 1)  # no writer can be opened
        broken.setattr(search, "ROOM", 0)
        paper.refresh()
    paper.refresh()
    assert paper.folder() != folder
    assert sorted(paper.found("ferry")) == ["a", "b"]
    assert not (paper.layout.search / "failed").exists()


def test_readers_are_not_kept_waiting_and_see_whole_commits(paper: Paper) -> None:
    paper.land("a0", "The ferry sank.")
    paper.refresh()
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom warehouse.layout import Layout\nfrom warehouse.search import open_index\n"
        "from warehouse.search_find import find\nfrom warehouse.search_query import parse\n"
        "node, seen, worst, until = parse('ferry'), [], 0.0, time.time() + 1\n"
        "print('ready', flush=True)\n"
        "while time.time() < until:\n"
        "    began = time.perf_counter()\n"
        "    seen.append(find(open_index(Layout(Path(sys.argv[1]))), node).total)\n"
        "    worst = max(worst, time.perf_counter() - began)\n"
        "assert seen == sorted(seen), seen\nassert worst < 1, worst\nprint(len(seen), seen[-1])\n"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", code, str(paper.layout.data)], cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "ready\n"
    for n in range(1, 9):
        paper.land(f"a{n}", "The ferry sank.")
        paper.refresh()
    out, _ = reader.communicate(timeout=30)
    assert reader.returncode == 0
    searches, last = map(int, out.split())
    assert searches > 10
    assert last > 1


KILLED = """import sys, duckdb
from pathlib import Path
from warehouse import search
from warehouse.layout import Layout
search.SPAN, search.COMMIT_EVERY = 10, 20
con = duckdb.connect(sys.argv[2], read_only=True)
print("ready", flush=True)
search.refresh(con, Layout(Path(sys.argv[1])))
"""


def test_kill_9_at_any_moment_leaves_it_behind_at_most(tmp_path: Path) -> None:
    database = str(tmp_path / "warehouse.duckdb")
    paper = Paper(tmp_path, database)
    for n in range(200):
        paper.land(f"a{n}", f"The ferry no{n} sank.", title=f"Ferry {n}")
    paper.con.close()
    batches = []
    for delay in (0.05, 0.2, 0.3):
        run = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(paper.layout.data), database], cwd=ROOT, env=environment(), stdout=subprocess.PIPE
        )
        assert run.stdout is not None
        assert run.stdout.readline() == b"ready\n"
        time.sleep(delay)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        stamp = search.stamp_of(paper.layout)
        batches.append(stamp.batch if stamp else -1)
        if stamp and stamp.batch > 0:
            assert len(paper.found("ferry")) == stamp.batch, "what the stamp says is there, and nothing else"
    assert batches == sorted(batches)
    paper = Paper(tmp_path, database)
    paper.refresh()
    assert len(paper.found("ferry")) == 200
    assert [p.name for p in paper.layout.search.glob("index-*")] == [paper.folder()]
    paper.con.close()


def test_matches_are_their_characters_and_the_passage_shows_most_of_them() -> None:
    text = (
        "Rain fell.\n\n"
        + "Nothing else happened in the valley that day. " * 20
        + "A trawler left. The skipper’s trawlers came\u200b back. "
        + "Then it was over. " * 30
    )
    found = marks(text, parse("trawler skipper"), "en")
    assert [text[m.start_char : m.end_char] for m in found] == ["trawler", "skipper", "trawlers"]
    shown = snippet(text, found)
    assert "A trawler left. The skipper’s trawlers came" in text[shown.start_char : shown.end_char]
    assert 100 < shown.end_char - shown.start_char <= 280
    assert snippet(text, []).start_char == 0
    assert [text[m.start_char : m.end_char] for m in marks(text, parse('"the skipper\'s trawlers" valley'), "en")][
        -1
    ] == "The skipper’s trawlers"
    assert marks(text, parse("trawler -skipper"), "en") == [m for m in found if m.which == 0]
    assert [text[m.start_char : m.end_char] for m in marks(text, parse("happ* valleys"), "en")][:2] == ["happened", "valley"]
    assert [m.which for m in marks("Skipper", parse("title:skipper"), None, ("all", "title"))] == [0]
    assert marks("Skipper", parse("title:skipper"), None) == []


@pytest.mark.parametrize(
    "query", ["", "  ", "...", "-ferry", "-(ferry OR boat)", "NOT ferry", "ferry " * 200, "x" * 5_000, '""', "()"]
)
def test_what_asks_for_nothing_is_told(query: str) -> None:
    with pytest.raises(QueryError, match="search"):
        parse(query)


SIGNS = st.lists(st.sampled_from([*"ab東é1 \"()-+*:|.,'“”\u0301\u200b\x00", "OR ", " NOT ", "title:"]), max_size=40).map("".join)


@given(st.one_of(SIGNS, st.text(max_size=60)))
def test_no_query_ends_in_a_traceback(known: Paper, query: str) -> None:
    try:
        node = parse(query)
    except QueryError:
        return
    index = search.open_index(known.layout)
    assert find(index, node).total >= 0
    assert isinstance(unknown(index, node), list)
    marks(TEXTS["ferry"], node, "en")


@given(st.text(max_size=80))
def test_words_of_any_text_are_found_by_themselves(text: str) -> None:
    printed = words(text)
    assert "".join(printed) == "".join(w for w in printed if w in text)
    for word, term in zip(printed, folded(printed), strict=True):
        assert term
        assert not any(c.isspace() for c in term)
        assert folded([word.upper()]) == folded([word.upper().lower()])
        try:
            found = marks(text, parse(f'"{word}"'), None)
        except QueryError:
            continue
        assert any(text[m.start_char : m.end_char] == word for m in found) or len(words(word)) > 1


def test_words_of_all_kinds() -> None:
    assert folded(words("Ærø’s Müller-Straße, U.S. p.m. 1.200 12,345,678 3.14 ex\u00adample ﬁsh e\u0301te\u0301")) == [
        *("aero", "s", "muller", "strasse", "us", "pm", "1200", "12345678", "3", "14", "example", "fish", "ete"),
    ]  # fmt: skip
    assert folded(words("Hello. World a.b")) == ["hello", "world", "ab"]
    assert folded(words("мой ёж ٣٤ مدرسةٌ")) == ["мой", "еж", "34", "مدرسه"]
    assert words("x" * 500) == ["x" * 500]
    assert [len(w) for w in folded(words("x" * 500))] == [64]
    assert stems("xx") is None
    assert all(len(word) == 1 for word in words("東京で ท่า")), SPACELESS


def test_words_that_nobody_has_come_with_those_that_are_spelled_alike(known: Paper) -> None:
    assert unknown(search.open_index(known.layout), parse("skiper ferry zzzz")) == [("skiper", ["skipper"]), ("zzzz", [])]


def published(paper: Paper) -> None:
    paper.layout.published.mkdir(parents=True, exist_ok=True)
    file = paper.layout.published / "warehouse-1.duckdb"
    paper.con.execute(f"ATTACH '{file}' AS copy")
    [(name,)] = paper.con.execute("SELECT current_database()").fetchall()
    paper.con.execute(f"COPY FROM DATABASE {name} TO copy; DETACH copy")
    paper.layout.current.symlink_to(file)


def test_sql_can_search(paper: Paper) -> None:
    paper.land("a", "The ferry sank off Lamu. Its skipper was saved.", title="Ferry sinks")
    paper.land("b", "A ferry sailed.")
    published(paper)
    paper.land("c", "A third ferry, which is not published.")
    paper.refresh()
    with reading(paper.layout) as con:

        def rows(query: str) -> list[tuple[object, ...]]:
            return list(ask(con, query).rows)

        assert rows("SELECT article_id FROM search('ferry skipper')") == [("a",)]
        assert {row[0] for row in rows("FROM search('ferry')")} == {"a", "b"}, "what is not published does not show"
        joined = "SELECT a.title, s.score > 0, s.snippet FROM search('sink', most := 5) AS s JOIN mart.versions AS a USING (article_id)"
        assert rows(joined) == [("Ferry sinks", True, "The ferry sank off Lamu. Its skipper was saved.")]
        assert rows("SELECT count(*) FROM search('ferry', most := 1)") == [(1,)]
        assert rows("SELECT count(*) FROM search(NULL)") == [(0,)]
        with pytest.raises(QueryError, match=r"^there is no word to search for"):
            rows("FROM search('...')")
        rmtree(paper.layout.search)
        with pytest.raises(QueryError, match=r"^there is no search index"):
            rows("FROM search('ferry')")
        with pytest.raises(QueryError, match="Queries here reach the warehouse alone"):
            rows("FROM read_csv('/etc/passwd') WHERE 1 IN (SELECT count(*) FROM search('x'))")


def test_what_nobody_searches_costs_nothing_at_the_start() -> None:
    code = "import sys, warehouse.query, warehouse.search, warehouse.store\nassert 'tantivy' not in sys.modules and 'warehouse.search_find' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=environment(), timeout=60)
