"""Registering commands, as a real client does it by itself."""

import asyncio

import nextcord

from botcore_sandbox import Sandbox


def client_with_commands() -> nextcord.Client:
    """A client whose commands use every kind of field that a client compares."""
    client = nextcord.Client(intents=nextcord.Intents.default(), guild_ready_timeout=0.05)

    @client.slash_command(  # type: ignore[untyped-decorator] # nextcord's decorators are not typed
        description="Ask",
        name_localizations={nextcord.Locale.de: "umfrage"},
        default_member_permissions=nextcord.Permissions(manage_messages=True),
        contexts=[nextcord.InteractionContextType.guild],
    )
    async def poll(
        interaction: nextcord.Interaction[nextcord.Client],
        question: str = nextcord.SlashOption(description="What", max_length=100),
        hours: int = nextcord.SlashOption(description="How long", min_value=1, max_value=48, required=False),
        style: str = nextcord.SlashOption(choices={"One": "1", "Many": "n"}, required=False),
        channel: nextcord.TextChannel = nextcord.SlashOption(required=False),  # noqa: B008 - nextcord reads them there
    ) -> None:
        """Never called."""

    @client.slash_command(description="Parent")  # type: ignore[untyped-decorator] # as above
    async def parent(interaction: nextcord.Interaction[nextcord.Client]) -> None:
        """Never called."""

    @parent.subcommand(description="Child")  # type: ignore[untyped-decorator] # as above
    async def child(interaction: nextcord.Interaction[nextcord.Client], flag: bool = False) -> None:
        """Never called."""

    @client.user_command(name="Greet Them")  # type: ignore[untyped-decorator] # as above
    async def greet(interaction: nextcord.Interaction[nextcord.Client], member: nextcord.Member) -> None:
        """Never called."""

    return client


async def run_until_synced(sandbox: Sandbox) -> int:
    """Start a client, wait until it compared its commands, and count what it wrote."""
    nextcord.http.Route.BASE = sandbox.api_url
    sandbox.traffic.clear()
    client = client_with_commands()
    running = asyncio.create_task(client.start(sandbox.token))
    await sandbox.bot_ready()
    await sandbox.commands_synced("poll", "parent", "Greet Them")
    await client.wait_until_ready()
    await client.close()
    await running
    await sandbox.bot_gone()
    return len(sandbox.traffic.command_writes())


async def test_a_second_start_of_a_real_client_writes_nothing(sandbox: Sandbox) -> None:
    """What comes back compares equal to what was sent, so a client sees that nothing changed."""
    assert await run_until_synced(sandbox) == 3
    assert await run_until_synced(sandbox) == 0
