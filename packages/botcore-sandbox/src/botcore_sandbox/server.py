"""The sandbox itself: one loopback port with REST, the gateway and the CDN, and the state behind them."""

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from botcore_sandbox import cdn
from botcore_sandbox.bot_token import id_in, new_token
from botcore_sandbox.clock.moving import SandboxClock
from botcore_sandbox.clock.service import ClockService
from botcore_sandbox.clock.timekeeping import Timekeeping
from botcore_sandbox.clock.wire import PATH as CLOCK_PATH
from botcore_sandbox.driver.cast import Cast
from botcore_sandbox.driver.errors import SandboxError
from botcore_sandbox.driver.person import Person
from botcore_sandbox.driver.places import ChannelView, GuildView
from botcore_sandbox.faults.board import Faults
from botcore_sandbox.faults.control import Control
from botcore_sandbox.gateway.hub import Gateway
from botcore_sandbox.gateway.protocol import MOST_GUILDS_A_SHARD
from botcore_sandbox.gateway.starts import STARTS_A_DAY, SessionStarts
from botcore_sandbox.guard import local_only, loopback_address
from botcore_sandbox.rest import router
from botcore_sandbox.rest.bodies import MAX_REQUEST_BYTES
from botcore_sandbox.rest.limits import RateLimiter, RateLimits
from botcore_sandbox.state.changes import ClockMoved
from botcore_sandbox.state.permissions import BOT_DEFAULT, Permissions
from botcore_sandbox.state.snowflake import Snowflakes
from botcore_sandbox.state.users import Application, ApplicationFlags, User
from botcore_sandbox.state.world import World
from botcore_sandbox.traffic import Traffic

HEARTBEAT_INTERVAL_MS = 41_250
_GATEWAY_PATH = "/gateway"
_PATIENCE = 15.0
_GOING_AWAY = 1001

_PRIVILEGED = (
    ApplicationFlags.GATEWAY_PRESENCE_LIMITED
    | ApplicationFlags.GATEWAY_GUILD_MEMBERS_LIMITED
    | ApplicationFlags.GATEWAY_MESSAGE_CONTENT_LIMITED
)


class Sandbox:
    """A Discord of your own.

    Use it as `async with Sandbox() as sandbox:`, or `await sandbox.start()` and `await sandbox.close()`.
    Everything runs in the event loop that started it, and the driver (`member`, `channel`, ...) belongs
    into that loop too.

    Args:
        host: A loopback address; anything else is refused.
        port: The port to listen on, 0 for any free one.
        token: The bot's token; without one, a new one is made up.
        clock: The time that people see, that interaction tokens expire by and that bots keep step with; without one
            it runs as the machine's does. Acknowledging stays real time.
        privileged_intents: Whether the application has the members, presences and message content intents.
        bot_permissions: What the bot is invited with.
        heartbeat_interval_ms: What HELLO asks for, in milliseconds.
        mounts: Add further routes to the same port, such as `botcore_sandbox.page.site.mount_page`.
        rate_limits: Whether REST has limits and says so in headers, or with which numbers.
        shards: How many shards `GET /gateway/bot` recommends.
        max_concurrency: How many shards may identify at once, counted as Discord does; without it 16 may within
            five seconds, whatever their shard, so that a test may start its bot again at once.
        session_starts: How many identifies a day has.
        most_guilds_a_shard: From how many guilds on a shard is refused with 4011.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        token: str | None = None,
        clock: SandboxClock | None = None,
        privileged_intents: bool = True,
        bot_permissions: Permissions = BOT_DEFAULT,
        heartbeat_interval_ms: int = HEARTBEAT_INTERVAL_MS,
        mounts: Sequence[Callable[["Sandbox", web.Application], None]] = (),
        rate_limits: bool | RateLimits = False,
        shards: int = 1,
        max_concurrency: int | None = None,
        session_starts: int = STARTS_A_DAY,
        most_guilds_a_shard: int = MOST_GUILDS_A_SHARD,
    ) -> None:
        self._mounts = tuple(mounts)
        self.host = loopback_address(host)
        self._asked_port = port
        self.time = Timekeeping(clock)
        """The clock of everything here, and of the bots that keep step with it."""
        self._ids = Snowflakes(self.time.now)
        self.application_id = id_in(token) or self._ids.next()
        self.token = token or new_token(self.application_id)
        self._privileged_intents = privileged_intents
        self._bot_permissions = bot_permissions
        self.traffic = Traffic(self.time.now)
        self._world, self._cast = self._found_world()
        self.gateway = Gateway(
            lambda: self._world,
            self.token,
            self.traffic,
            heartbeat_interval_ms=heartbeat_interval_ms,
            starts=SessionStarts(a_day=session_starts, max_concurrency=max_concurrency),
            shards=shards,
            most_guilds_a_shard=most_guilds_a_shard,
        )
        self._world.changes.subscribe(self.gateway.publish)
        self.faults = Faults(self.gateway)
        """What goes wrong between the bot and this Discord, when it is asked to."""
        limits = RateLimits() if rate_limits is True else rate_limits or None
        self._limiter = RateLimiter(limits) if limits is not None else None
        self._rest = router.RestApi(
            lambda: self._world,
            self.gateway,
            self.token,
            self.traffic,
            faults=self.faults,
            limiter=self._limiter,
        )
        self._control = Control(self.faults)
        self._clock_service = ClockService(self.time)
        self.time.subscribe(lambda: self._world.changes.publish(ClockMoved()))
        self._cdn = cdn.Cdn(lambda: self._world)
        self._runner: web.AppRunner | None = None
        self._origin = ""

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def start(self) -> None:
        """Listen.

        Raises:
            SandboxError: The port is taken, or the sandbox runs already.
        """
        if self._runner is not None:
            raise SandboxError("This sandbox is running already; make another one, or close it first.")
        app = web.Application(middlewares=[local_only], client_max_size=MAX_REQUEST_BYTES)
        self._rest.mount(app)
        self._cdn.mount(app)
        for mount in self._mounts:
            mount(self, app)
        self._control.mount(app)
        self._clock_service.mount(app)
        for path in (_GATEWAY_PATH, _GATEWAY_PATH + "/"):
            app.router.add_get(path, self.gateway.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self.host, self._asked_port).start()
        except OSError as error:
            await self.close()
            raise SandboxError(
                f"The sandbox cannot listen on {self.host}:{self._asked_port} ({error.strerror or error}); "
                "choose another port, or 0 for any free one."
            ) from error
        self._origin = _join(self.host, self._runner.addresses[0][1])
        self.gateway.url = self.gateway_url
        self._connect_world()

    async def close(self) -> None:
        """Hang up on every bot and stop listening."""
        runner, self._runner = self._runner, None
        self._world.close()
        self.faults.clear()
        self._cast.leave()
        await self.gateway.drop(_GOING_AWAY)
        await self._clock_service.hang_up()
        if runner is not None:
            await runner.cleanup()

    async def reset(self, *, clock: SandboxClock | None = None) -> None:
        """Forget everything but address, application and token, as if the sandbox had just started.

        Bots are disconnected and cannot resume; driver objects made before belong to the past.

        Args:
            clock: The time from now on; without one, the clock that this sandbox was made with, or the machine's time.
        """
        self.faults.clear()
        await self.gateway.drop(_GOING_AWAY)
        await self._clock_service.hang_up()
        self.time.begin_again(clock)
        self._ids = Snowflakes(self.time.now)
        self._world.close()
        self._cast.leave()
        self.gateway.forget_sessions()
        self._world, self._cast = self._found_world()
        self._world.changes.subscribe(self.gateway.publish)
        self._connect_world()
        if self._limiter is not None:
            self._limiter.clear()
        self.traffic.clear()

    def take_up(self, state: Mapping[str, Any]) -> None:
        """Go on with the state of an earlier sandbox of the same token, before this one is started.

        Args:
            state: attributes of the world, as `botcore_sandbox.keeping` read them.
        """
        for name, value in state.items():
            setattr(self._world, name, value)
        self._cast = Cast(self._world, lambda: self.gateway.awaited, bot_permissions=self._bot_permissions)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._origin.rpartition(":")[2]) if self._origin else self._asked_port

    @property
    def api_url(self) -> str:
        """The REST base, `http://.../api/v10`."""
        return f"http://{self._origin}{router.PREFIX}"

    @property
    def gateway_url(self) -> str:
        """Where the gateway is, without a query: clients append theirs."""
        return f"ws://{self._origin}{_GATEWAY_PATH}"

    @property
    def clock_url(self) -> str:
        """Where the clock is, for a bot's environment variable `SANDBOX_CLOCK_URL`."""
        return f"http://{self._origin}{CLOCK_PATH}"

    @property
    def world(self) -> World:
        """The state, for what the driver has no word for."""
        return self._world

    @property
    def guild(self) -> GuildView:
        """The small guild "Sandbox" that is there from the start."""
        return self._cast.guild

    @property
    def guild_owner(self) -> Person:
        """The owner of that guild."""
        return self._cast.guild_owner

    @property
    def application_owner(self) -> Person:
        """The owner of the bot's application, an ordinary member of the guild."""
        return self._cast.application_owner

    def member(
        self,
        name: str,
        *,
        administrator: bool = False,
        roles: tuple[str, ...] | list[str] = (),
        guild: GuildView | None = None,
        locale: str | None = None,
        accepts_dms: bool | None = None,
    ) -> Person:
        """The member of that name, made on first use; so are roles that the guild does not have yet."""
        return self._cast.member(
            name,
            administrator=administrator,
            roles=roles,
            guild=guild,
            locale=locale,
            accepts_dms=accepts_dms,
        )

    def person(self, user: User) -> Person:
        """Who an account of this world belongs to."""
        return self._cast.person(user)

    def channel(self, name: str) -> ChannelView:
        """A channel of the first guild."""
        return self.guild.channel(name)

    def add_guild(self, name: str, *, owner: Person | None = None) -> GuildView:
        """Another guild with the bot in it, its own #general, and an owner (who else: the first guild's)."""
        return self._cast.add_guild(name, owner=owner)

    async def bot_ready(self, *, timeout: float = _PATIENCE) -> None:  # noqa: ASYNC109 - a bound in seconds is what callers think in
        """Wait until a bot has identified and been sent its guilds.

        Raises:
            TimeoutError: None did so in time.
        """
        await self._until(lambda: self.gateway.ready, timeout, "No bot became ready")

    async def bot_gone(self, *, timeout: float = _PATIENCE) -> None:  # noqa: ASYNC109 - as above
        """Wait until no bot is connected.

        Raises:
            TimeoutError: One stayed.
        """
        await self._until(lambda: not self.gateway.connected, timeout, "The bot stayed connected")

    async def commands_synced(self, *names: str, timeout: float = _PATIENCE) -> None:  # noqa: ASYNC109 - as above
        """Wait until commands are registered: those named (`"poll"`), or without names any at all.

        Raises:
            TimeoutError: They were not registered in time.
        """

        def synced() -> bool:
            registered = self._world.commands.names()
            return set(names) <= registered if names else bool(registered)

        await self._until(synced, timeout, f"The bot did not register {', '.join(names) or 'any command'}")

    def send_event(self, name: str, data: object) -> int:
        """Send any gateway event to every session, malformed ones too: nothing is checked; returns to how many."""
        return self.gateway.send_event(name, data)

    async def drop_connections(self, code: int | None = None) -> None:
        """End every gateway connection: with a close code, or for None as a broken network does."""
        await self.gateway.drop(code)

    async def _until(self, condition: Callable[[], bool], seconds: float, what: str) -> None:
        try:
            await self._world.changes.until(condition, timeout=seconds)
        except TimeoutError:
            raise TimeoutError(f"{what} within {seconds:g} s.") from None

    def _found_world(self) -> tuple[World, Cast]:
        bot = User(self.application_id, "sandbox-bot", "Sandbox Bot", bot=True)
        owner = User(self._ids.next(), "developer", "Developer")
        flags = ApplicationFlags.APPLICATION_COMMAND_BADGE
        if self._privileged_intents:
            flags |= _PRIVILEGED
        application = Application(
            self.application_id, "Sandbox Bot", bot, owner, flags, verify_key=secrets.token_hex(32)
        )
        world = World(application, self._ids, clock=self.time.now)
        return world, Cast(world, lambda: self.gateway.awaited, bot_permissions=self._bot_permissions)

    def _connect_world(self) -> None:
        self._world.cdn_url = f"http://{self._origin}{cdn.PREFIX}"
        self._world.api_url = self.api_url
        self._cast.loop = asyncio.get_running_loop()


def _join(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
