"""The README's service on ports, tested as any feature's service can be."""

import botcore as bc
from botcore_sandbox import FakeMessenger
from docs_snippets import Courier, Notebook, NoteKept, Settings

ALICE = 11


async def test_a_service_on_ports_needs_no_discord():
    """Real events and a real cache in this process, and a messenger that shows what it was told."""
    events, messenger, notebook = bc.LocalEventBus(), FakeMessenger(), Notebook(Settings())
    courier = Courier(events, messenger, bc.LocalCache(bc.ManualClock()), notebook)
    assert await courier.summary(ALICE) == []
    notebook.keep(ALICE, "milk")
    assert await courier.summary(ALICE) == []
    for _ in range(2):
        await events.publish(NoteKept(ALICE, "milk"))
    await events.settled()
    assert [asked.payload["content"] for asked in messenger.sends] == ["milk", "milk"]
    assert len(messenger.messages) == 1
    assert await courier.summary(ALICE) == ["milk"]
