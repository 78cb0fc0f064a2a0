"""Calls an A2A agent with the Python SDK, and prints what it saw as JSON.

The argument is the URL below which the agent's card is. The times of a stream are seconds since 1970.
"""

import asyncio
import json
import sys
import time

from a2a.client import ClientConfig, create_client
from a2a.helpers.proto_helpers import new_text_message
from a2a.types.a2a_pb2 import ROLE_USER, SendMessageRequest, StreamResponse


def text_of(event: StreamResponse) -> str:
    """The text of a message, of the message in a status, or of the artifacts of a task."""
    parts = [
        *event.message.parts,
        *event.status_update.status.message.parts,
        *(part for artifact in event.task.artifacts for part in artifact.parts),
    ]
    return "".join(part.text for part in parts)


async def said(url: str, text: str, streaming: bool) -> list[tuple[str, float]]:
    client = await create_client(url, ClientConfig(streaming=streaming))
    request = SendMessageRequest(message=new_text_message(text, role=ROLE_USER))
    return [(text_of(event), time.time()) async for event in client.send_message(request)]


async def main(url: str) -> None:
    [(answer, _)] = await said(url, "hello", False)
    ticks = [(float(text) / 1000, at) for text, at in await said(url, "tick 5", True) if text != ""]
    print(json.dumps({"answer": answer, "ticks": ticks}))


asyncio.run(main(*sys.argv[1:]))
