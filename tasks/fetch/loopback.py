"""Talking JSON with a server of ours on this machine."""

from __future__ import annotations

import http.client
import json
import socket
from base64 import b64encode
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from warehouse.errors import SourceError


class Unanswered(SourceError):  # noqa: N818  reads as the state it names
    """The server did not answer; the text says how."""


class Refused(SourceError):  # noqa: N818  reads as the state it names
    """The server answered that it will not do that."""


@dataclass(frozen=True, slots=True)
class Api:
    """A server's API, such as http://127.0.0.1:4200/api; `login` is "user:password", if it asks for one."""

    url: str
    login: str | None = None

    def ask(self, method: str, path: str, body: object = None, timeout_s: float = 10) -> Any:  # noqa: ANN401  whatever JSON it answers
        """What it answers; None if that is nothing. Raises Unanswered or Refused."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout_s)
        headers = {"Content-Type": "application/json"}
        if self.login:
            headers["Authorization"] = f"Basic {b64encode(self.login.encode()).decode()}"
        try:
            connection.request(method, parts.path + path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            said = answer.read()
            if answer.status >= 400:
                raise Refused(f"{method} {path}: HTTP {answer.status}: {said[:200].decode('utf-8', 'replace')}")
            return json.loads(said) if said else None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unanswered(f"{method} {path}: {type(error).__name__}: {error}") from error
        finally:
            connection.close()


def free_port(port: int, *, tries: int = 100) -> int | None:
    """The first port of this machine that nobody listens on, from this one on; None if there is none."""
    for candidate in range(port, min(port + tries, 65_536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", candidate))
            except OSError:
                continue
            return candidate
    return None
