"""Telling a web address of the user's something: one POST of JSON, with a deadline, and what went wrong as one line.

The address is the user's own setting, so it may be a private one. Redirects are not followed: they would turn the POST into a
GET. Of the address nothing but the host is ever told: those of chat services are secrets as a whole.
"""

from __future__ import annotations

import http.client
import os
import queue
import threading
from base64 import b64encode
from urllib.parse import SplitResult, unquote, urlsplit

from tasks.fetch.secrets import VARIABLE, filled
from warehouse.errors import UsageError

CONNECTIONS = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}


def post(url: str, body: bytes, timeout_s: float) -> str | None:
    """POST JSON within so many seconds, DNS and all; None if it was taken (2xx), else one line of why. Never raises."""
    try:
        parts = urlsplit(filled(url))
        host, port = parts.hostname or "", parts.port
    except UsageError:
        unset = ", ".join(name for name in VARIABLE.findall(url) if name not in os.environ)
        return f"the webhook's address needs an environment variable that is not set: {unset}"
    except ValueError:
        return "the webhook's address cannot be read"
    if not host:
        return "the webhook's address names no host"
    told: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=lambda: told.put(_sent(parts, port, body, timeout_s)), name="webhook", daemon=True).start()
    try:
        return told.get(timeout=timeout_s)
    except queue.Empty:
        return f"the webhook at {host} did not answer within {timeout_s:g} s"


def _sent(parts: SplitResult, port: int | None, body: bytes, timeout_s: float) -> str | None:
    host = parts.hostname or ""
    connection = CONNECTIONS[parts.scheme](host, port, timeout=timeout_s)
    try:
        connection.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, _headers(parts))
        status = connection.getresponse().status
    except Exception as error:  # noqa: BLE001  whatever the network or the address does is told in one line
        why = getattr(error, "strerror", None) or type(error).__name__  # the text of others may quote the address
        return f"the webhook at {host} could not be told: {why}"
    finally:
        connection.close()
    return None if 200 <= status < 300 else f"the webhook at {host} answered HTTP {status}"


def _headers(parts: SplitResult) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "User-Agent": "Wirehouse"}
    if parts.username is not None:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = f"Basic {b64encode(login.encode()).decode()}"
    return headers
