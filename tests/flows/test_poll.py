"""Polls of a real server: what is asked of it, and what comes of each of its answers."""

from __future__ import annotations

import re
import socket
import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.newspaper import entry, rss
from tests.newsroom import HASTY, Newsroom
from tests.newsserver import NewsServer, Reply, bomb, conditional, encoded, redirect

if TYPE_CHECKING:
    from pathlib import Path

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
NOT_CHANGED = 304


def outcomes(room: Newsroom) -> list[tuple[Any, ...]]:
    return room.sql("SELECT source, outcome FROM mart.fetches WHERE kind = 'feed' ORDER BY fetched_at, source")


# ── conditional requests, codings, charsets ──


@pytest.mark.parametrize(
    ("validators", "sent"),
    [
        ({"etag": True, "modified": True}, {"if-none-match", "if-modified-since"}),
        ({"etag": True, "modified": False}, {"if-none-match"}),
        ({"etag": True, "modified": False, "weak": True}, {"if-none-match"}),
        ({"etag": False, "modified": True}, {"if-modified-since"}),
    ],
)
def test_a_feed_that_did_not_change_is_not_sent_again(room: Newsroom, validators: dict[str, bool], sent: set[str]) -> None:
    room.site.on("/a.xml", conditional(rss([entry(n) for n in range(3)]), **validators))
    room.subscribe("/a.xml")
    assert room.poll().books.new == 3
    tally = room.poll(later=HOUR)
    assert (tally.books.fetched, dict(tally.outcomes)) == (0, {"unchanged": 1, "deferred": 0})
    first, second = room.site.log("/a.xml")
    assert not {"if-none-match", "if-modified-since"} & set(first.headers)
    assert {"if-none-match", "if-modified-since"} & set(second.headers) == sent
    assert room.sql("SELECT outcome, http_status, entries FROM mart.fetches ORDER BY fetched_at") == [
        ("ok", 200, 3),
        ("unchanged", 304, 0),
    ]


def test_the_same_bytes_without_validators_are_no_news(room: Newsroom) -> None:
    room.site.on("/a.xml", Reply(rss([entry(1)])))
    room.subscribe("/a.xml")
    room.poll()
    assert dict(+room.poll(later=HOUR).outcomes) == {"unchanged": 1}
    assert room.one("SELECT count(*) FROM ops.raw") == 1


def test_we_say_who_we_are_and_what_we_read(room: Newsroom) -> None:
    room.site.on("/a.xml", Reply(rss([entry(1)])))
    room.subscribe("/a.xml")
    room.poll()
    [asked] = room.site.log("/a.xml")
    assert asked.headers["user-agent"] == "Wirehouse/test"
    assert set(asked.headers["accept-encoding"].replace(" ", "").split(",")) == {"gzip", "deflate", "br", "zstd"}
    assert "application/rss+xml" in asked.headers["accept"]
    assert "cookie" not in asked.headers


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw-deflate", "br", "zstd"])
def test_every_content_coding_is_read(room: Newsroom, coding: str) -> None:
    room.site.on("/a.xml", encoded(rss([entry(1)]), coding))  # type: ignore[arg-type]  # one of its words
    room.subscribe("/a.xml")
    assert room.poll().books.new == 1
    raw = room.one("SELECT n_bytes FROM mart.fetches")
    assert raw == len(rss([entry(1)]))


def test_gzip_that_nobody_asked_for_and_that_nobody_names(room: Newsroom) -> None:
    room.site.on("/a.xml", encoded(rss([entry(1)]), "gzip", asked_only=False))
    packed = encoded(rss([entry(2)]), "gzip", asked_only=False)

    def unnamed(asked: object) -> Reply:
        reply = packed(asked)  # type: ignore[arg-type]
        return replace(reply, headers={})

    room.site.on("/b.xml", unnamed)
    room.subscribe("/a.xml")
    room.subscribe("/b.xml")
    assert room.poll().books.new == 2


def test_charsets_of_http_and_of_xml(room: Newsroom) -> None:
    text = rss([entry(1, title="Zürich: café öffnet früh")]).decode().replace("…", "...")
    latin = text.replace("UTF-8", "ISO-8859-1").replace("utf-8", "iso-8859-1").encode("latin-1")
    bare = re.sub(r"<\?xml[^>]*\?>", "", text).encode("latin-1")
    room.site.on("/xml.xml", Reply(latin, media_type="application/rss+xml"))
    room.site.on("/http.xml", Reply(bare, media_type="text/xml; charset=ISO-8859-1"))
    room.subscribe("/xml.xml", outlet="A")
    room.subscribe("/http.xml", outlet="B")
    room.poll()
    assert room.sql("SELECT DISTINCT title FROM mart.articles") == [("Zürich: café öffnet früh",)]


# ── what servers do ──


def test_each_trouble_has_its_name_and_holds_up_nobody(room: Newsroom) -> None:
    room.terms = HASTY
    feed = rss([entry(n) for n in range(4)])
    troubles: dict[str, tuple[Reply, str]] = {
        "missing": (Reply(b"no", 404), "not_found"),
        "gone": (Reply(b"no", 410), "gone"),
        "locked": (Reply(b"no", 401), "forbidden"),
        "forbidden": (Reply(b"no", 403), "forbidden"),
        "broken": (Reply(b"no", 500), "http_error"),
        "teapot": (Reply(b"no", 418), "http_error"),
        "busy": (Reply(b"no", 429, {"Retry-After": "7200"}), "throttled"),
        "away": (Reply(b"no", 503), "throttled"),
        "hang": (Reply(feed, behaviour="hang"), "timeout"),
        "early": (Reply(feed, behaviour="close-early"), "reset"),
        "garbage": (Reply(feed, behaviour="garbage"), "reset"),
        "html": (Reply(b"<!DOCTYPE html><html><body><p>Welcome</p></body></html>", media_type="text/html"), "not_a_feed"),
        "blank": (Reply(b""), "not_a_feed"),
        "words": (Reply(b"It works!", media_type="text/plain"), "not_a_feed"),
        "empty": (Reply(rss([])), "empty"),
        "fine": (Reply(feed), "ok"),
        "odd": (Reply(rss([entry(50)]), media_type="text/html"), "ok"),
        "untyped": (Reply(rss([entry(51)]), media_type=None), "ok"),
    }
    for name, (reply, _) in troubles.items():
        room.site.on(f"/{name}.xml", reply)
        room.subscribe(f"/{name}.xml", outlet=name)
    tally = room.poll()
    assert dict(outcomes(room)) == {name: outcome for name, (_, outcome) in troubles.items()}
    assert tally.books.new == 6
    assert room.sql("SELECT count(*) FROM mart.fetches WHERE outcome NOT IN ('ok', 'empty') AND detail IS NULL") == [(0,)]
    statuses = dict(room.sql("SELECT source, status FROM mart.feed_health"))
    assert [statuses[n] for n in ("gone", "busy", "away", "hang", "missing", "empty", "fine")] == [
        "gone", "throttled", "throttled", "failing", "failing", "active", "active",
    ]  # fmt: skip


def _say_no(listener: socket.socket) -> None:
    line, _ = listener.accept()
    with line:
        line.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")


def test_hosts_that_cannot_be_reached_have_their_names_too(room: Newsroom) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        room.subscribe(f"http://127.0.0.1:{closed.getsockname()[1]}/a.xml", name="connect")
    room.subscribe("http://no-such-host.invalid/a.xml", name="dns")
    with socket.create_server(("127.0.0.1", 0)) as plain:  # it speaks, but no TLS
        room.subscribe(f"https://127.0.0.1:{plain.getsockname()[1]}/a.xml", name="tls")
        answering = threading.Thread(target=_say_no, args=(plain,))
        answering.start()
        tally = room.poll()
    answering.join()
    assert dict(outcomes(room)) == {"connect": "connect", "dns": "dns", "tls": "tls"}
    assert tally.answered == 0
    assert room.one("SELECT count(*) FROM mart.feed_health WHERE status = 'failing' AND reason LIKE source || ': %'") == 3


@pytest.mark.parametrize(
    ("behaviour", "outcome"), [("short", "cut"), ("cut-chunked", "cut"), ("reset", "cut"), ("stall", "timeout")]
)
def test_of_a_body_that_is_cut_off_the_whole_entries_land(room: Newsroom, behaviour: str, outcome: str) -> None:
    room.terms = HASTY
    feed = rss([entry(n) for n in range(10)])
    room.site.on("/a.xml", [Reply(feed, behaviour=behaviour), Reply(feed)])  # type: ignore[arg-type]  # one of its words
    room.subscribe("/a.xml")
    first = room.poll()
    assert outcomes(room)[0][1] in (outcome, "reset")
    assert 2 <= first.books.new <= 5
    second = room.poll(later=HOUR)
    assert (second.books.new, second.books.revised, second.books.seen) == (10 - first.books.new, 0, first.books.new)
    assert room.one("SELECT count(*) FROM mart.versions") == 10
    assert room.one("SELECT status FROM mart.feed_health") == "active"


def test_limits_hold_on_endless_slow_and_exploding_bodies(room: Newsroom) -> None:
    room.terms = replace(HASTY, feed_bytes=300_000)
    room.site.on("/endless.xml", Reply(rss([entry(1)]), behaviour="endless"))
    room.site.on("/bomb.xml", bomb(50))
    room.site.on("/slow.xml", Reply(rss([entry(n) for n in range(60)]), behaviour="slow"))
    for path in ("/endless.xml", "/bomb.xml", "/slow.xml"):
        room.subscribe(path)
    tally = room.poll()
    assert dict(outcomes(room)) == {"endless": "too_large", "bomb": "too_large", "slow": "timeout"}
    assert tally.seconds < 10


def test_a_malformed_feed_lands_as_far_as_it_is_read_and_says_so(room: Newsroom) -> None:
    good = rss([entry(n) for n in range(3)]).decode()
    room.site.on("/a.xml", Reply(good.replace("</channel>", "<item><title>AT&T & <b>more</title></channel>").encode()))
    room.subscribe("/a.xml")
    assert room.poll().books.new >= 3
    [(outcome, detail)] = room.sql("SELECT outcome, detail FROM mart.fetches")
    assert outcome == "malformed"
    assert detail
    assert room.one("SELECT status FROM mart.feed_health") == "active"


def test_a_page_where_a_feed_should_be_is_refused_once_and_kept(room: Newsroom) -> None:
    room.site.on("/a.xml", Reply(b"<!DOCTYPE html><html><body><p>Sign in</p></body></html>", media_type="text/html"))
    room.subscribe("/a.xml")
    assert room.poll().books.rejected == 1
    assert room.poll(later=DAY).books.rejected == 1
    assert room.sql("SELECT reason, count(*) FROM mart.rejects GROUP BY reason") == [("wrong_type", 1)]
    assert room.one("SELECT count(*) FROM ops.raw") == 1


# ── redirects ──


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(room: Newsroom, status: int) -> None:
    room.site.on("/old.xml", redirect("/new.xml", status))
    room.site.on("/new.xml", conditional(rss([entry(1)])))
    room.subscribe("/old.xml")
    assert room.poll().books.new == 1
    assert str(room.one("SELECT final_url FROM mart.fetches")).endswith("/new.xml")
    room.poll(later=HOUR)
    assert room.site.log("/new.xml")[1].headers["if-none-match"]
    assert room.one("SELECT status FROM mart.feed_health") == ("moved" if status in (301, 308) else "active")


def test_a_move_for_good_is_believed_when_it_has_held_for_days(room: Newsroom) -> None:
    room.site.on("/old.xml", redirect("/new.xml", 301))
    room.site.on("/new.xml", Reply(rss([entry(1)])))
    room.subscribe("/old.xml")
    asked = []
    for later in (timedelta(), HOUR, HOUR, DAY, DAY, DAY):
        room.site.clear()
        room.poll(later=later)
        asked.append("/old.xml" if room.site.log("/old.xml") else "/new.xml")
    assert asked == ["/old.xml"] * 5 + ["/new.xml"]
    [(feed, former, status)] = room.sql("SELECT feed, former_urls, status FROM mart.feed_health")
    assert (feed, former, status) == (room.site.url("/new.xml"), [room.site.url("/old.xml")], "active")


def test_a_move_that_is_taken_back_is_forgotten_and_a_wrong_one_is_undone(room: Newsroom) -> None:
    room.site.on("/a.xml", [redirect("/b.xml", 301), redirect("/b.xml", 301), Reply(rss([entry(1)]))])
    room.site.on("/b.xml", Reply(rss([entry(1)])))
    room.subscribe("/a.xml")
    for _ in range(5):
        room.poll(later=DAY)
    assert room.sql("SELECT feed, moved_to FROM mart.feed_health") == [(room.site.url("/a.xml"), None)]
    room.site.on("/c.xml", redirect("/d.xml", 308))
    room.site.on("/d.xml", [*[Reply(rss([entry(2)]))] * 4, Reply(b"", 404)])
    room.subscribe("/c.xml")
    for _ in range(4):
        room.poll("c", later=DAY)
    assert room.sql("SELECT feed FROM mart.feed_health WHERE source = 'c'") == [(room.site.url("/d.xml"),)]
    room.site.on("/c.xml", Reply(rss([entry(2), entry(3)])))
    for _ in range(5):
        room.poll("c", later=DAY)
    assert room.sql("SELECT feed, status FROM mart.feed_health WHERE source = 'c'") == [(room.site.url("/c.xml"), "active")]
    assert room.one("SELECT count(*) FROM mart.articles WHERE source = 'c'") == 2


def test_circles_and_endless_redirects_end(room: Newsroom) -> None:
    room.site.on("/a.xml", redirect("/b.xml", 302))
    room.site.on("/b.xml", redirect("/a.xml", 302))
    for n in range(30):
        room.site.on(f"/chain/{n}.xml", redirect(f"/chain/{n + 1}.xml", 302))
    room.subscribe("/a.xml")
    room.subscribe("/chain/0.xml")
    room.poll()
    assert dict(outcomes(room)) == {"a": "loop", "chain-0": "loop"}
    assert len(room.site.log()) <= 2 + 9


def test_a_redirect_elsewhere_takes_no_secrets_along(data: Path) -> None:
    with NewsServer(hosts=2) as site:
        room = Newsroom(data, site)
        site.on("/a.xml", redirect("/b.xml", 302), host=1)
        site.on("/b.xml", Reply(b"", 302, {"Location": site.url("/c.xml", 2), "Set-Cookie": "s=1"}), host=1)
        site.on("/c.xml", Reply(rss([entry(1, url="relative/1.html")])), host=2)
        room.subscribe(site.url("/a.xml").replace("//", "//me:pa55@"), name="a")
        assert room.poll().books.new == 1
        first, second, third = site.log()
        assert first.headers["authorization"] == second.headers["authorization"]
        assert not {"authorization", "cookie"} & set(third.headers)
    stored = b"".join(p.read_bytes() for p in data.rglob("*") if p.is_file() and p.suffix != ".toml")
    assert b"pa55" not in stored
    assert room.one("SELECT url FROM mart.articles") == site.url("/relative/1.html", 2)


# ── safety ──


def test_private_addresses_are_refused_at_once_and_after_a_redirect(data: Path) -> None:
    with NewsServer(hosts=2) as site:
        room = Newsroom(data, site)
        room.terms = replace(room.terms, guard=type(room.terms.guard).allowing(["127.0.0.1"]))
        site.on("/a.xml", Reply(b"", 302, {"Location": site.url("/secret", 2)}), host=1)
        site.on("/b.xml", redirect("file:///etc/passwd", 302), host=1)
        site.on("/c.xml", redirect(f"http://[::1]:{site.port}/secret", 302), host=1)
        for path in ("/a.xml", "/b.xml", "/c.xml"):
            room.subscribe(path)
        room.subscribe(site.url("/direct.xml", 2), name="direct")
        room.subscribe("http://169.254.169.254/latest/meta-data", name="metadata")
        room.subscribe("http://2130706433/x", name="number")
        for n, host in enumerate(("127。0。0。2", "①②⑦.⓪.⓪.②", "127.0.0.②")):
            room.subscribe(f"http://{host}:{site.port}/direct.xml", name=f"unicode{n}")
        room.poll()
        found = dict(outcomes(room))
        assert found["number"] in ("blocked", "bad_url")
        del found["number"]
        assert {found.pop(f"unicode{n}") for n in range(3)} <= {"blocked", "bad_url"}
        assert found == {"a": "blocked", "b": "bad_url", "c": "blocked", "direct": "blocked", "metadata": "blocked"}
        assert not site.log("/secret")
        assert not site.log("/direct.xml")


def test_words_of_servers_in_any_charset_cost_nobody_anything(room: Newsroom) -> None:
    with socket.create_server(("127.0.0.1", 0)) as odd:
        room.subscribe(f"http://127.0.0.1:{odd.getsockname()[1]}/a.xml", name="odd")
        room.site.on("/b.xml", Reply(rss([entry(1)])))
        room.subscribe("/b.xml")
        answering = threading.Thread(
            target=_say, args=(odd, "HTTP/1.1 404 Página não encontrada\r\nContent-Length: 0\r\n\r\n".encode("latin-1"))
        )
        answering.start()
        tally = room.poll()
        answering.join()
    assert (dict(+tally.outcomes), tally.books.new) == ({"not_found": 1, "ok": 1}, 1)


def _say(listener: socket.socket, words: bytes) -> None:
    line, _ = listener.accept()
    with line:
        line.recv(65_536)
        line.sendall(words)
