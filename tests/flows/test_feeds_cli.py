"""`wirehouse feeds` and `wirehouse poll` as a user types them."""

from __future__ import annotations

import json
import stat
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.conftest import query
from tests.newspaper import entry, rss
from tests.newsserver import NewsServer, Reply

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Ingest

    Run = Callable[..., subprocess.CompletedProcess[str]]

PAGE = b"""<!DOCTYPE html><html><head><title>The Lagoon Herald</title>
<link rel="alternate" type="application/rss+xml" title="News" href="/news.xml">
<link rel="alternate" type="application/rss+xml" title="Sport" href="/sport.xml"></head><body><p>Welcome</p></body></html>"""


@pytest.fixture
def site() -> Iterator[NewsServer]:
    with NewsServer() as running:
        running.on("/", Reply(PAGE, media_type="text/html"))
        running.on("/news.xml", Reply(rss([entry(n) for n in range(3)], title="Lagoon News")))
        running.on("/sport.xml", Reply(rss([entry(n) for n in range(5, 7)], title="Lagoon Sport")))
        running.on("/page.html", Reply(b"<html><body>No feed here</body></html>", media_type="text/html"))
        yield running


@pytest.fixture
def run(wirehouse: Ingest) -> Run:
    return careful(wirehouse)


def careful(command: Run) -> Run:
    """A command that may reach the loopback, and shows no traceback whatever happens."""

    def called(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        settings = {"WIREHOUSE_ALLOW_HOSTS": "127.0.0.1", "WIREHOUSE_TIMEOUT": "2", "WIREHOUSE_PAGE_DELAY": "0"} | more
        done = command(*arguments, **settings)
        assert "Traceback" not in done.stderr
        assert "Traceback" not in done.stdout
        return done

    return called


def test_from_a_site_to_its_articles(process: Ingest, site: NewsServer, data: Path) -> None:
    run = careful(process)
    empty = run("feeds")
    assert (empty.returncode, "wirehouse feeds add URL" in empty.stdout) == (0, True)
    added = run("feeds", "add", site.url("/"), "--outlet", "The Lagoon Herald", "--country", "KE")
    assert added.returncode == 0, added.stderr
    assert "Added lagoon-news:" in added.stdout
    assert f"The site names another feed: {site.url('/sport.xml')} (Sport)" in added.stdout
    assert "wirehouse poll lagoon-news" in added.stdout
    again = run("feeds", "add", site.url("/news.xml"))
    assert (again.returncode, "is known already: lagoon-news" in again.stderr) == (2, True)
    polled = run("poll", "--json")
    assert json.loads(polled.stdout)["new"] == 3
    assert run("poll").stdout.startswith("No feed was due.")
    health = run("feeds")
    assert "lagoon-news" in health.stdout
    assert "1 feeds, 0 of which need attention" in health.stdout
    assert query(data, "SELECT DISTINCT outlet, source FROM mart.articles") == [("The Lagoon Herald", "lagoon-news")]
    found = run("where", "https://paper.example/news/1.html")
    assert (found.returncode, "lagoon-news" in found.stdout) == (0, True)
    assert json.loads(run("sources", "--json").stdout)[0]["folder"] == site.url("/news.xml")


def test_what_is_no_feed_is_not_added_and_says_why(run: Run, site: NewsServer, data: Path) -> None:
    for url, why in ((site.url("/page.html"), "was not added"), (site.url("/none.xml"), "not_found: HTTP 404")):
        refused = run("feeds", "add", url)
        assert refused.returncode == 1
        assert why in refused.stderr
        assert "--no-check" in refused.stderr
    assert not list(data.glob("sources/*"))
    private = run("feeds", "add", site.url("/news.xml"), WIREHOUSE_ALLOW_HOSTS="")
    assert (private.returncode, "WIREHOUSE_ALLOW_HOSTS" in private.stderr) == (1, True)
    assert run("feeds", "add", site.url("/none.xml"), "--no-check", "--name", "later").returncode == 0
    for wrong in (
        ["ftp://a.example/"],
        [site.url("/news.xml"), "--country", "Kenya"],
        [site.url("/news.xml"), "--timezone", "Mars/Base"],
    ):
        assert run("feeds", "add", *wrong).returncode == 2
    assert [p.name for p in data.glob("sources/*")] == ["later.toml"]
    assert run("poll", "--all").returncode == 1, "no feed answered"
    assert run("feeds", "--json").stdout.count('"failing"') == 1


def test_a_look_before_subscribing(run: Run, site: NewsServer, data: Path) -> None:
    shown = run("feeds", "check", site.url("/news.xml"))
    assert shown.returncode == 0
    assert "rss20" in shown.stdout
    assert entry(1).title in shown.stdout
    told = json.loads(run("feeds", "check", site.url("/"), "--json").stdout)
    assert (told["listed"], told["title"], len(told["entries"])) == (3, "Lagoon News", 3)
    assert told["other_feeds"] == [{"url": site.url("/sport.xml"), "title": "Sport"}]
    none = run("feeds", "check", site.url("/page.html"))
    assert (none.returncode, "trouble" in none.stdout) == (1, True)
    assert not data.exists()


def test_lists_pauses_and_removals(run: Run, site: NewsServer, data: Path, tmp_path: Path) -> None:
    opml = tmp_path / "mine.opml"
    lines = [f'<outline text="Feed {n}" xmlUrl="{site.url(f"/{name}.xml")}"/>' for n, name in enumerate(("news", "sport"))]
    opml.write_text(f"<opml version='2.0'><body><outline text='Folder'>{''.join(lines)}</outline></body></opml>")
    imported = json.loads(run("feeds", "import", opml, "--full-text", "feed", "--json").stdout)
    assert imported == {"added": ["feed-0", "feed-1"], "left_out": []}
    assert "Added 0 of 2 feeds" in run("feeds", "import", opml).stdout
    toml = data / "sources" / "feed-0.toml"
    toml.write_text("# a note of mine\n" + toml.read_text())
    assert run("feeds", "pause", "feed-0").returncode == 0
    assert json.loads(run("poll", "--json").stdout)["feeds"] == 1
    listed = json.loads(run("feeds", "list", "--json").stdout)
    assert [(f["name"], f["paused"], f["full_text"]) for f in listed] == [("feed-0", True, "feed"), ("feed-1", False, "feed")]
    assert run("feeds", "resume", "feed-0").returncode == 0
    assert toml.read_text().startswith("# a note of mine\n")
    assert json.loads(run("poll", "--json").stdout)["new"] == 3
    exported = tmp_path / "theirs.opml"
    assert run("feeds", "export", exported).returncode == 0
    assert site.url("/sport.xml") in exported.read_text()
    assert run("feeds", "remove", "feed-0", "feed-1").returncode == 0
    assert json.loads(run("feeds", "list", "--json").stdout) == []
    assert "Added 2 of 2 feeds" in run("feeds", "import", exported).stdout
    assert run("feeds", "pause", "nobody").returncode == 2
    opml.write_text("<html></html>")
    refused = run("feeds", "import", opml)
    assert (refused.returncode, "a list of feeds begins with <opml>" in refused.stderr) == (2, True)


def test_polls_by_name_with_others_that_fail_or_cannot_be_read(run: Run, site: NewsServer, data: Path) -> None:
    folder = data / "sources"
    folder.mkdir(parents=True)
    (folder / "good.toml").write_text(f'name = "good"\nfeed = "{site.url("/news.xml")}"\n')
    (folder / "bad.toml").write_text(f'name = "bad"\nfeed = "{site.url("/none.xml")}"\n')
    (folder / "broken.toml").write_text("name = ")
    polled = run("poll")
    assert polled.returncode == 0, "some feeds answered"
    assert "broken.toml: not a TOML file" in polled.stderr
    assert "2 feeds: 1 ok, 1 not found." in polled.stdout
    assert "failing bad: not_found: HTTP 404" in polled.stdout
    assert run("poll", "bad").returncode == 1
    assert run("poll", "good", "--all").returncode == 2
    unknown = run("poll", "goood")
    assert (unknown.returncode, "Known are: bad, good" in unknown.stderr) == (2, True)
    health = run("feeds").stdout
    assert health.index("bad") < health.index("good")
    (folder / "broken.toml").unlink()
    ingested = run("ingest", folder / "good.toml")
    assert (ingested.returncode, "wirehouse poll" in ingested.stderr) == (2, True)
    assert "all known sources are feeds" in run("ingest").stderr


def test_secrets_stay_secret(run: Run, site: NewsServer, data: Path) -> None:
    url = site.url("/news.xml").replace("//", "//me:pa55@") + "?api_key=s3same"
    outputs = [
        run("feeds", "add", url, "--name", "secret"),
        run("feeds", "check", url),
        run("feeds", "check", "secret", "--json"),
        run("poll"),
        run("poll", url, "--json"),
        run("feeds"),
        run("feeds", "list", "--json"),
        run("feeds", "export"),
        run("status", "--json"),
        run("sql", "FROM mart.fetches"),
        run("feeds", "remove", url + "x"),
    ]
    assert [o.returncode for o in outputs] == [0] * 10 + [2]
    shown = "".join(o.stdout + o.stderr for o in outputs)
    assert "pa55" not in shown
    assert "s3same" not in shown
    assert site.log("/news.xml")[0].headers["authorization"].startswith("Basic ")
    for path in data.rglob("*"):
        if path.is_file() and path.suffix != ".toml":
            assert b"pa55" not in path.read_bytes(), path
            assert b"s3same" not in path.read_bytes(), path
    assert stat.S_IMODE((data / "sources" / "secret.toml").stat().st_mode) == 0o600
    (data / "sources" / "env.toml").write_text(f'name = "env"\nfeed = "{site.url("/sport.xml")}?token=${{NEWS_TOKEN}}"\n')
    missing = run("poll", "env")
    assert (missing.returncode, "NEWS_TOKEN, which is not set" in missing.stdout) == (1, True)
    assert run("poll", "env", NEWS_TOKEN="t0ken").returncode == 0
    assert site.log("/sport.xml")[-1].query == "token=t0ken"


# ── what is typed wrongly, and what fails ──


def test_what_is_typed_wrongly_is_a_usage_error_and_writes_nothing(
    run: Run, site: NewsServer, data: Path, tmp_path: Path
) -> None:
    garbage, none = tmp_path / "garbage.opml", tmp_path / "none.opml"
    garbage.write_bytes(b"\x00\xff\xfe\x01 no list of feeds")
    wrong = (
        (["feeds", "add", site.url("/news.xml"), "--frob"], "--frob"),
        (["feeds", "add", site.url("/news.xml"), "--no-check", "--full-text", "some"], "--full-text"),
        (["feeds", "import", garbage], "garbage.opml"),
        (["feeds", "import", none], "cannot be read"),
    )
    for arguments, why in wrong:
        refused = run(*arguments)
        assert (refused.returncode, why in refused.stderr) == (2, True), refused.stderr
    setting = run("feeds", "check", site.url("/news.xml"), WIREHOUSE_ALLOW_HOSTS="a/b")
    assert (setting.returncode, "WIREHOUSE_ALLOW_HOSTS" in setting.stderr) == (2, True)
    assert not data.exists()
    assert not site.log()


def test_failing_feeds_stand_first_whatever_they_are_called(run: Run, site: NewsServer, data: Path) -> None:
    folder = data / "sources"
    folder.mkdir(parents=True)
    (folder / "a.toml").write_text(f'name = "aaa-well"\nfeed = "{site.url("/news.xml")}"\n')
    (folder / "z.toml").write_text(f'name = "zzz-ill"\nfeed = "{site.url("/none.xml")}"\n')
    polled = run("poll", "--json")
    told = json.loads(polled.stdout)
    assert (polled.returncode, told["outcomes"]) == (0, {"not_found": 1, "ok": 1})
    assert [t["source"] for t in told["troubles"]] == ["zzz-ill"]
    shown = run("feeds").stdout
    assert shown.index("zzz-ill") < shown.index("aaa-well")
    alone = run("poll", "--all", WIREHOUSE_ALLOW_HOSTS="")
    assert (alone.returncode, alone.stdout.count("WIREHOUSE_ALLOW_HOSTS")) == (1, 2), "a private address, of every feed"
    assert len(site.log()) == 2


def test_a_list_that_goes_out_and_comes_back_is_the_same(run: Run, site: NewsServer, data: Path, tmp_path: Path) -> None:
    folder, opml = data / "sources", tmp_path / "feeds.opml"
    folder.mkdir(parents=True)
    for name, path in (("café & co", "/news.xml?a=1&b=2"), ("plain", "/sport.xml")):
        (folder / f"{path[1:5]}.toml").write_text(f'name = "{name}"\nfeed = "{site.url(path)}"\n', encoding="utf-8")
    declared = {tomllib.loads(p.read_text("utf-8"))["feed"] for p in folder.glob("*.toml")}
    opml.write_text(run("feeds", "export").stdout, encoding="utf-8")
    for toml in folder.glob("*.toml"):
        toml.unlink()
    assert json.loads(run("feeds", "import", opml, "--json").stdout)["left_out"] == []
    assert {tomllib.loads(p.read_text("utf-8"))["feed"] for p in folder.glob("*.toml")} == declared
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.glob("*.toml")} == {0o600}


# ── faults that are known: each is to be mended, and then its mark goes ──


def test_secrets_of_an_address_that_is_not_known(run: Run, site: NewsServer) -> None:
    refused = run("poll", site.url("/news.xml").replace("//", "//me:pa55@"))
    assert "pa55" not in refused.stdout + refused.stderr


def test_secrets_of_an_address_given_to_ingest(run: Run, site: NewsServer, data: Path) -> None:
    run("ingest", site.url("/news.xml").replace("//", "//me:pa55@"))
    assert not [p for p in data.rglob("*") if p.is_file() and b"pa55" in p.read_bytes()]


def test_secrets_of_a_list_that_is_imported(run: Run, tmp_path: Path) -> None:
    opml = tmp_path / "mine.opml"
    opml.write_text('<opml><body><outline text="n" xmlUrl="http://me:pa55@a.example/x y"/></body></opml>')
    done = run("feeds", "import", opml, "--json")
    assert "pa55" not in done.stdout + done.stderr


def test_secrets_of_other_feeds_that_a_site_names(run: Run, site: NewsServer) -> None:
    site.on("/", Reply(PAGE.replace(b"/sport.xml", b"/sport.xml?api_key=s3same"), media_type="text/html"))
    told = run("feeds", "check", site.url("/"), "--json")
    assert told.returncode == 0
    assert "s3same" not in told.stdout


def test_secrets_of_a_file_that_cannot_be_used(run: Run, site: NewsServer, data: Path) -> None:
    folder = data / "sources"
    folder.mkdir(parents=True)
    (folder / "good.toml").write_text(f'name = "good"\nfeed = "{site.url("/news.xml")}"\n')
    (folder / "wrong.toml").write_text('name = "wrong"\nfeed = "http://me:pa55@a.example/x y"\n')
    polled = run("poll")
    assert "wrong.toml" in polled.stderr
    assert "pa55" not in polled.stderr


def test_secrets_of_the_environment_in_a_path(run: Run, site: NewsServer, data: Path) -> None:
    site.on("/k/pa55/a.xml", Reply(rss([entry(1)])))
    (data / "sources").mkdir(parents=True)
    (data / "sources" / "env.toml").write_text(f'name = "env"\nfeed = "{site.url("/k/")}${{NEWS_KEY}}/a.xml"\n')
    assert run("poll", NEWS_KEY="pa55").returncode == 0
    assert not [p for p in data.rglob("*") if p.is_file() and b"pa55" in p.read_bytes()]


def test_a_check_of_an_address_with_a_blank_is_a_usage_error(run: Run) -> None:
    refused = run("feeds", "check", "http://a.example/x y")
    assert (refused.returncode, "This is a bug" in refused.stderr) == (2, False)
