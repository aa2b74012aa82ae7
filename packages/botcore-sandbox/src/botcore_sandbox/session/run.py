"""Runs a session from the first line it prints until Ctrl-C."""

import asyncio
import signal
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

from botcore_sandbox.clock.moving import SandboxClock
from botcore_sandbox.driver.errors import SandboxError
from botcore_sandbox.page.site import mount_page
from botcore_sandbox.page.suggestions import suggestions
from botcore_sandbox.page.views import commands_view
from botcore_sandbox.server import Sandbox
from botcore_sandbox.session import keeping, scenery, watching
from botcore_sandbox.session.bot import SessionBot
from botcore_sandbox.state.changes import Change, ConnectionsChanged

_STOPPING = (signal.SIGINT, signal.SIGTERM)
_SAVE_AFTER = 1.0
_SHOWN = 5

type Say = Callable[[str], None]


async def run(*, port: int, state: Path | None, reload: bool, say: Say) -> None:
    """Start everything, say where it is and what to try, and stay until SIGTERM or Ctrl-C.

    Args:
        port: the port to listen on; another one is taken, and said, where it is busy.
        state: the file that keeps the state over runs; the bot's database lies beside it.
        reload: start the bot again whenever a file of a feature changes.
        say: where a line goes.

    Raises:
        SandboxError: the state cannot be read, or no port can be had at all.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in _STOPPING:
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows: Ctrl-C arrives as KeyboardInterrupt and ends the wait as well
            break
    kept = keeping.read(state) if state is not None else None
    with tempfile.TemporaryDirectory(prefix="botcore-sandbox-") as folder:
        database = Path(folder) / "bot.db" if state is None else state.with_name(f"{state.name}.db")
        session = await Session.open(port, kept, database, say)
        tasks: list[asyncio.Task[None]] = []
        try:
            if state is not None:
                keeping.write(session.sandbox, state)  # at once, so that a file that cannot be written is said now
                tasks.append(asyncio.create_task(session.keep(state)))
            if reload:
                tasks.append(asyncio.create_task(session.reload_on_change()))
            tasks.append(asyncio.create_task(session.bot_arrives()))
            await stop.wait()
            say("  Stopping ...")
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await session.close()
        if state is not None:
            keeping.write(session.sandbox, state)
            say(f"  Everything is kept in {state}.")


class Session:
    """A sandbox with its page, and the bot.

    Args:
        sandbox: the sandbox, which runs.
        bot: the bot, which does not yet.
        say: where a line goes.
    """

    def __init__(self, sandbox: Sandbox, bot: SessionBot, say: Say) -> None:
        self.sandbox = sandbox
        self.bot = bot
        self._say = say

    @classmethod
    async def open(cls, port: int, kept: keeping.Kept | None, database: Path, say: Say) -> Self:
        """Start a sandbox with its page, and say where it is.

        Args:
            port: the port to listen on; another one is taken, and said, where it is busy.
            kept: the state to go on with, if there is one.
            database: the bot's.
            say: where a line goes.

        Raises:
            SandboxError: no port can be had at all.
        """
        try:
            sandbox, bot = await _start(port, kept, database)
        except SandboxError:
            if port == 0:
                raise
            say(f"  Port {port} is taken, so this sandbox takes another one.")
            sandbox, bot = await _start(0, kept, database)
        session = cls(sandbox, bot, say)
        say(f"\n  A Discord of your own is running:  {session.url}\n")
        return session

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://{self.sandbox.host}:{self.sandbox.port}/"

    async def bot_arrives(self) -> None:
        """Start the bot, and say what to try once it is there."""
        self._say("  The bot is starting, with every feature that is installed ...")
        if not await self.bot.start():
            self._say(f"  The bot did not start; the page is there, and can start it again.\n{self.bot.problem}")
            return
        world, general = self.sandbox.world, self.sandbox.channel("general").state
        somebody = self.sandbox.member("alice").user
        offered = suggestions(commands_view(world, somebody, general))
        names = [f"/{entry['command']}" for entry in offered[:_SHOWN]]
        self._say(
            f"  The bot is ready. Open the page and try {', '.join(names)}.\n"
            "  Everybody in the list of members can be you, each in a tab of their own.\n"
            "  Stop it with Ctrl-C."
        )

    async def reload_on_change(self) -> None:
        """Start the bot again whenever a file of a feature changes."""
        watch = await asyncio.to_thread(watching.Watch, watching.feature_folders())
        while True:
            file = await watch.changed()
            self._say(f"  {file.name} changed: starting the bot again ...")
            await self.bot.restart()
            self._say(f"  {self.bot.problem}" if self.bot.problem is not None else "  The bot is ready.")

    async def keep(self, state: Path) -> None:
        """Write the state down a moment after it changed."""
        changed = asyncio.Event()

        def note(change: Change) -> None:
            if not isinstance(change, ConnectionsChanged):
                changed.set()

        self.sandbox.world.changes.subscribe(note)
        while True:
            await changed.wait()
            await asyncio.sleep(_SAVE_AFTER)
            changed.clear()
            try:
                keeping.write(self.sandbox, state)
            except SandboxError as error:
                self._say(f"  {error}")

    async def close(self) -> None:
        """Stop the bot, then the sandbox."""
        with suppress(SandboxError):
            await self.bot.close()
        await self.sandbox.close()


async def _start(port: int, kept: keeping.Kept | None, database: Path) -> tuple[Sandbox, SessionBot]:
    sandbox = Sandbox(
        port=port,
        token=kept.token if kept is not None else None,
        clock=SandboxClock(moved=kept.clock_moved) if kept is not None else None,
        mounts=[lambda running, app: mount_page(running, app, bot)],
    )
    bot = SessionBot(sandbox, database)
    if kept is None:
        scenery.build(sandbox)
    else:
        sandbox.take_up(kept.world)
    await sandbox.start()
    return sandbox, bot
