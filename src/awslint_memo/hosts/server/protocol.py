"""The protocol's messages as they come in: one that can't be used is answered with an error, not left alone."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from json import dumps
from typing import Any

from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.protocol import JsonRPCProtocol, LanguageServerProtocol

_LARGEST = 2**31 - 1
"""The largest number of a line or character that the protocol has."""


class _Futures(dict[Any, "Future[Any]"]):
    """What is under way by the ids of messages, of which entries may be taken out while it is iterated.

    At the end pygls cancels all that is in it, and cancelling one takes it out; threads that are done do so besides.
    """

    def items(self) -> Any:
        """The entries as they are now. The copy is made in one step, which no other thread interrupts."""
        return self.copy().items()


def send(protocol: JsonRPCProtocol, members: str) -> None:
    """Send a message. members: those of its object besides the version of the protocol, in JSON and ASCII."""
    body = f'{{"jsonrpc":"2.0",{members}}}'
    if protocol.writer is not None:
        # Standard output, which is written to at once. If the client has left, the end of the input ends the server.
        with suppress(BrokenPipeError):
            protocol.writer.write(f"Content-Length: {len(body)}\r\n\r\n{body}".encode("ascii"))


class Written(str):
    """An answer in the protocol's JSON, in ASCII: objects of the protocol's library for all of it would take long."""

    __slots__ = ()


class Protocol(LanguageServerProtocol):
    """The protocol, which also refuses positions that are none."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._request_futures = _Futures(self._request_futures)

    def structure_message(self, data: dict[str, Any]) -> Any:
        """The message of some JSON. Raises JsonRpcException, which is shown, after a request was answered with it."""
        try:
            if str(data.get("method")).startswith("textDocument/") and not _has_positions(data.get("params")):
                raise JsonRpcInvalidParams("a position has a line and a character, which are whole numbers from 0 on")
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" in data and isinstance(data.get("id"), (int, str)):
                self._send_response(data["id"], error=error.to_response_error())
            raise

    def _send_response(self, msg_id: Any, result: Any = None, error: Any = None) -> None:
        """Send an answer, or an error."""
        if not isinstance(result, Written) or error is not None:
            super()._send_response(msg_id, result, error)
            return
        self._result_types.pop(msg_id, None)
        send(self, f'"id":{dumps(msg_id)},"result":{result}')

    def _execute_handler(self, msg_id: Any, *arguments: Any, **options: Any) -> None:
        """Handle a message, and let go of what pygls keeps of it, when it is done.

        Of a notification pygls keeps it for ever, which are some kilobytes for each key that is typed.
        """
        super()._execute_handler(msg_id, *arguments, **options)
        future = self._request_futures.get(msg_id)
        if future is not None:
            future.add_done_callback(lambda _: self._request_futures.pop(msg_id, None))


def _has_positions(params: Any) -> bool:
    """Whether all positions in the parameters of a message are such."""
    waiting = [params]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            if ("line" in value or "character" in value) and not _is_position(value):
                return False
            waiting += (inner for name, inner in value.items() if name != "data")  # which is a server's own
        elif isinstance(value, list):
            waiting += value
    return True


def _is_position(value: Mapping[str, Any]) -> bool:
    numbers = [value.get(name) for name in ("line", "character")]
    return all(type(number) is int and 0 <= number <= _LARGEST for number in numbers)
