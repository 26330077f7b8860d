"""Messages that can't be used are answered with an error; a client that waits for an answer gets one."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Any

import pytest
from lsprotocol import types

from awslint_memo.hosts.server.serving import made

QUEUE = "Resources:\n  Orders: {Type: AWS::SQS::Queue}\n"
DOCUMENT = {"uri": "file:///nowhere/t.yaml"}
INVALID_PARAMS = -32602

POSITIONS: list[Any] = [
    *({"line": line, "character": 0} for line in (-1, 2**31, 10**30, 1.5, "1", None, True)),
    *({"line": 1, "character": character} for character in (-5, 2**40, "", None)),
    *({}, None, [], 3, {"line": 1}, {"character": 1}),
]


def answers(messages: Sequence[Mapping[str, Any]]) -> list[Any]:
    """What the server says to messages between its start and its end."""
    start: dict[str, Any] = {"processId": None, "rootUri": None, "capabilities": {}}
    whole = [
        {"id": "start", "method": "initialize", "params": start},
        {"method": "initialized", "params": {}},
        {"method": "textDocument/didOpen", "params": {"textDocument": opened()}},
        *messages,
        {"id": "end", "method": "shutdown", "params": None},
        {"method": "exit", "params": None},
    ]
    bodies = [json.dumps({"jsonrpc": "2.0", **message}).encode() for message in whole]
    sent = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)
    command = [sys.executable, "-m", "awslint_memo", "server"]
    output = subprocess.run(command, input=sent, capture_output=True, check=False, timeout=120).stdout
    found = []
    while output:
        head, _, output = output.partition(b"\r\n\r\n")
        length = next(int(line.split(b":")[1]) for line in head.splitlines() if line.startswith(b"Content-Length"))
        found.append(json.loads(output[:length]))
        output = output[length:]
    return found


def opened() -> dict[str, Any]:
    return {**DOCUMENT, "languageId": "yaml", "version": 1, "text": QUEUE}


def asked(id_: str, method: str, position: Any) -> dict[str, Any]:
    place = {"position": position, "range": {"start": position, "end": position}}
    return {"id": id_, "method": method, "params": {"textDocument": DOCUMENT, **place, "context": {"diagnostics": []}}}


METHODS = ("textDocument/hover", "textDocument/codeAction")
AT_INVALID = [asked(f"{method} {position}", method, position) for method in METHODS for position in POSITIONS]
BEHIND = [
    asked(f"{line}:{at}", "textDocument/hover", {"line": line, "character": at}) for line, at in ((999, 0), (1, 10_000))
]


@pytest.fixture(scope="module")
def answered() -> dict[str, Any]:
    """The answers to all requests by their ids, from one start of the server."""
    return {one["id"]: one for one in answers([*AT_INVALID, *BEHIND]) if "id" in one}


def test_an_invalid_position_is_answered_with_an_error(answered: dict[str, Any]) -> None:
    assert {one["id"]: answered[one["id"]].get("error", {}).get("code") for one in AT_INVALID} == {
        one["id"]: INVALID_PARAMS for one in AT_INVALID
    }
    assert "result" in answered["end"]


def test_a_position_behind_the_end_is_no_error(answered: dict[str, Any]) -> None:
    assert [answered[one["id"]].get("result", "none") for one in BEHIND] == [None, None]


def test_a_change_at_an_invalid_position_is_told_and_not_made() -> None:
    start = {"line": -1, "character": 0}
    change = {"range": {"start": start, "end": start}, "text": "Resources: {}\n"}
    document = {**DOCUMENT, "version": 2}
    params = {"textDocument": document, "contentChanges": [change]}
    found = answers([{"method": "textDocument/didChange", "params": params}])
    assert any(one.get("method") == "window/showMessage" for one in found)
    assert not any(one.get("params", {}).get("version") == 2 for one in found if "params" in one)


def test_nothing_is_kept_of_a_change_that_was_handled() -> None:
    """Who types for a day sends a hundred thousand of them."""
    server = made()

    async def changed() -> int:
        for _ in range(20):
            server.protocol._handle_notification(types.TEXT_DOCUMENT_DID_CHANGE, None)
        await asyncio.sleep(0.2)
        return len(server.protocol._request_futures)

    assert asyncio.run(changed()) == 0


def test_the_end_cancels_what_is_under_way_and_waiting() -> None:
    """Each of these lets go of itself when it is cancelled, while pygls goes through all of them."""
    server = made()
    protocol = server.protocol
    released = threading.Event()
    futures: list[Future[Any]] = []

    @server.thread()
    def waiting(_: Any) -> None:
        released.wait(60)

    try:
        for id_ in range(60):
            protocol._execute_handler(id_, waiting, args=(None,), callback=futures.append)
        assert len(protocol._request_futures) == 60
        for _ in protocol.lsp_shutdown():
            pass
    finally:
        released.set()
        server.thread_pool.shutdown()
    assert len(futures) == 60
    assert any(future.cancelled() for future in futures)
    assert not protocol._request_futures
