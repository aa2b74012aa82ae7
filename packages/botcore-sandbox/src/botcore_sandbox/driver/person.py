"""A person at a Discord client."""

from collections.abc import Mapping
from typing import Any, Protocol

from botcore_sandbox.driver import listing, pointing, values
from botcore_sandbox.driver.errors import NotAllowed, NotOffered
from botcore_sandbox.driver.participant import Participant
from botcore_sandbox.driver.places import ChannelView, GuildView
from botcore_sandbox.driver.reply import Reply
from botcore_sandbox.driver.resolving import File, Resolved
from botcore_sandbox.driver.views import MessageView, ModalView
from botcore_sandbox.state import answering, posting
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.commands import Command, CommandType
from botcore_sandbox.state.drafts import Draft, Upload
from botcore_sandbox.state.founding import open_dm
from botcore_sandbox.state.interactions import Interaction, InteractionType
from botcore_sandbox.state.messages import Message
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World


class Stage(Protocol):
    """Where a person acts: the default guild, and whether a bot is there at all."""

    @property
    def guild(self) -> GuildView:
        """The guild in which people act unless told otherwise."""
        ...

    def require_audience(self) -> None:
        """There has to be a bot, and the caller has to be in the sandbox's event loop."""
        ...


class Person(Participant):
    """Somebody who uses the bot.

    Every method that acts returns once the bot has answered, and takes `channel=` (a channel or its name),
    `guild=` (another guild) or `dm=True` (a direct message with the bot); without them it happens in the
    first channel.
    """

    def __init__(self, world: World, user: User, stage: Stage) -> None:
        super().__init__(world, user)
        self._stage = stage

    def __repr__(self) -> str:
        return f"<Person {self.name}>"

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id

    @property
    def mention(self) -> str:
        """How a text mentions them."""
        return f"<@{self.id}>"

    @property
    def dm(self) -> ChannelView:
        """The direct message with the bot."""
        return ChannelView(self._world, open_dm(self._world, self.user))

    async def slash(
        self,
        command: str,
        values_by_name: Mapping[str, Any] | None = None,
        /,
        *,
        channel: ChannelView | str | None = None,
        guild: GuildView | None = None,
        dm: bool = False,
        force: bool = False,
        **options: Any,
    ) -> Reply:
        """Use a slash command such as "poll create", with its options as keywords.

        Options that are called as a keyword of this method go into the second argument, a mapping.

        Raises:
            NotOffered: The client has no such command or option, or does not accept a value.
            CommandHidden: The client does not list the command for this person here (`force` sends it
            anyway).
            NoAnswer: The bot did not answer in time.
        """
        place = self._place(channel, guild, dm=dm)
        invocation = listing.find_slash(self._world, place.guild_id, command)
        if not force:
            listing.require_shown(self._world, self.user, place, invocation.command)
        resolved = Resolved(self._world, self.user, place)
        filled = values.fill_in(invocation, {**(values_by_name or {}), **options}, resolved)
        data = _command_data(invocation.command, resolved)
        if invocation.path or filled:
            data["options"] = values.nest(invocation, filled)
        return await self._do(InteractionType.APPLICATION_COMMAND, place, data, f"/{invocation.name}")

    async def autocomplete(
        self,
        command: str,
        values_by_name: Mapping[str, Any] | None = None,
        /,
        *,
        focused: str,
        channel: ChannelView | str | None = None,
        guild: GuildView | None = None,
        dm: bool = False,
        force: bool = False,
        **options: Any,
    ) -> list[tuple[str, Any]]:
        """Type into an option and read the suggestions, each a name and its value.

        Raises:
            NotOffered: The client has no such command, or the option asks for no suggestions.
            CommandHidden: The client does not list the command for this person here.
            NoAnswer: The bot did not answer in time.
        """
        place = self._place(channel, guild, dm=dm)
        invocation = listing.find_slash(self._world, place.guild_id, command)
        if not force:
            listing.require_shown(self._world, self.user, place, invocation.command)
        values.require_autocomplete(invocation, focused)
        resolved = Resolved(self._world, self.user, place)
        typed = values.fill_in(invocation, {**(values_by_name or {}), **options}, resolved, focused=focused)
        data = _command_data(invocation.command, resolved) | {"options": values.nest(invocation, typed)}
        did = f"typing in {focused!r} of /{invocation.name}"
        reply = await self._do(InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE, place, data, did)
        return [(choice["name"], choice["value"]) for choice in reply.interaction.choices or ()]

    async def menu(
        self,
        command: str,
        target: "MessageView | Person",
        *,
        channel: ChannelView | str | None = None,
        guild: GuildView | None = None,
        force: bool = False,
    ) -> Reply:
        """Use a context menu command on a message or on another person.

        Raises:
            NotOffered: There is no such command.
            CommandHidden: The client does not list it for this person.
            NoAnswer: The bot did not answer in time.
        """
        on_message = isinstance(target, MessageView)
        kind = CommandType.MESSAGE if on_message else CommandType.USER
        place = (
            self._world.channels[target.state.channel_id]
            if isinstance(target, MessageView)
            else self._place(channel, guild, dm=False)
        )
        found = listing.find_menu(self._world, place.guild_id, kind, command)
        if not force:
            listing.require_shown(self._world, self.user, place, found)
        resolved = Resolved(self._world, self.user, place)
        target_id = resolved.add_message(target.state) if isinstance(target, MessageView) else resolved.add(target)
        data = _command_data(found, resolved) | {"target_id": target_id}
        return await self._do(InteractionType.APPLICATION_COMMAND, place, data, f"the menu command {command!r}")

    async def click(self, where: Reply | MessageView, button: str) -> Reply:
        """Click a button, by its label, a part of it, or its custom id.

        Raises:
            NotOffered: There is no such button on what this person sees, or it cannot be clicked.
            NoAnswer: The bot did not answer in time.
        """
        message, component = pointing.find_button(self._looks_at(where), button)
        data = {key: component[key] for key in ("custom_id", "id")} | {"component_type": component["type"]}
        return await self._use(message, data, f"a click on {button!r}")

    async def choose(self, where: Reply | MessageView, *choices: Any, select: str | None = None) -> Reply:
        """Choose in a select, by values, labels or driver objects; `select` says in which one.

        Raises:
            NotOffered: There is no such select or choice on what this person sees.
            NoAnswer: The bot did not answer in time.
        """
        message, component = pointing.find_select(self._looks_at(where), select)
        place = self._world.channels[message.state.channel_id]
        resolved = Resolved(self._world, self.user, place)
        data = {key: component[key] for key in ("custom_id", "id")} | {
            "component_type": component["type"],
            "values": pointing.chosen_values(component, choices, resolved),
        }
        if resolved.payload:
            data["resolved"] = resolved.payload
        return await self._use(message, data, f"choosing {', '.join(map(str, choices))}")

    async def submit(
        self, modal: ModalView | None, values_by_name: Mapping[str, Any] | None = None, /, **fields: Any
    ) -> Reply:
        """Fill in a modal and send it; fields go by custom id or by label, in a mapping or as keywords.

        Raises:
            NotOffered: No modal is open, or it has no such field, or a field does not take that value.
            NoAnswer: The bot did not answer in time.
        """
        if modal is None:
            raise NotOffered("No modal is open: the bot's last answer was something else.")
        opener = modal.opened_by
        if opener.user is not self.user:
            raise NotOffered(f"This modal is open for {opener.user.username}, not for {self.name}.")
        resolved = Resolved(self._world, self.user, opener.channel)
        components = pointing.fill_modal(modal, {**(values_by_name or {}), **fields}, resolved)
        data: dict[str, Any] = {"custom_id": modal.custom_id, "components": components}
        if resolved.payload:
            data["resolved"] = resolved.payload
        return await self._do(
            InteractionType.MODAL_SUBMIT,
            opener.channel,
            data,
            f"submitting {modal.title!r}",
            opened_by=opener,
        )

    async def raw_interaction(
        self,
        *,
        type: int,
        data: dict[str, Any],
        message: Reply | MessageView | None = None,
        opened_by: Reply | None = None,
        channel: ChannelView | str | None = None,
        guild: GuildView | None = None,
        dm: bool = False,
    ) -> Reply:
        """Send any interaction, as a hostile client could: nothing is checked.

        Raises:
            NoAnswer: The bot did not answer in time.
        """
        view = message.message if isinstance(message, Reply) else message
        place = self._world.channels[view.state.channel_id] if view is not None else self._place(channel, guild, dm=dm)
        return await self._do(
            InteractionType(type),
            place,
            data,
            "a raw interaction",
            message=view.state if view is not None else None,
            opened_by=opened_by.interaction if opened_by is not None else None,
        )

    def say(
        self,
        content: str,
        *files: File,
        channel: ChannelView | str | None = None,
        guild: GuildView | None = None,
        dm: bool = False,
    ) -> MessageView:
        """Write a message.

        Raises:
            NotAllowed: This person may not write there.
        """
        place = self._place(channel, guild, dm=dm)
        needed = Permissions.SEND_MESSAGES if place.thread is None else Permissions.SEND_MESSAGES_IN_THREADS
        if needed not in self._world.permissions_in(place, self.user):
            raise NotAllowed(f"{self.name} may not write in #{place.name}.")
        uploads = [Upload(index, file.filename, file.content, file.content_type) for index, file in enumerate(files)]
        message = posting.post(self._world, place, self.user, Draft(content=content, uploads=uploads))
        return MessageView(self._world, message)

    def sees(self, message: MessageView | Reply | None) -> bool:
        """Whether a message is on this person's screen."""
        view = message.message if isinstance(message, Reply) else message
        return view is not None and self._world.sees(self.user, view.state)

    def _looks_at(self, where: Reply | MessageView) -> list[MessageView]:
        candidates = [where] if isinstance(where, MessageView) else [where.message, *where.followups]
        shown = [message for message in candidates if message is not None and not message.deleted]
        visible = [message for message in shown if self.sees(message)]
        if shown and not visible:
            raise NotOffered(f"{self.name} does not see this message.")
        if not visible:
            raise NotOffered("There is no message to use: it was deleted, or the answer was no message.")
        return visible

    async def _use(self, message: MessageView, data: dict[str, Any], did: str) -> Reply:
        place = self._world.channels[message.state.channel_id]
        return await self._do(InteractionType.MESSAGE_COMPONENT, place, data, did, message=message.state)

    async def _do(
        self,
        type: InteractionType,
        place: Channel,
        data: dict[str, Any],
        did: str,
        *,
        message: Message | None = None,
        opened_by: Interaction | None = None,
    ) -> Reply:
        self._stage.require_audience()
        interaction = answering.begin(self._world, type, self.user, place, data, message=message, opened_by=opened_by)
        return await Reply(self._world, interaction, f"{self.name}'s {did}").answered()

    def _place(self, channel: ChannelView | str | None, guild: GuildView | None, *, dm: bool) -> Channel:
        if dm:
            return self.dm.state
        if isinstance(channel, ChannelView):
            place = channel.state
        else:
            there = guild or self._stage.guild
            place = there.channel(channel).state if channel is not None else next(iter(there.state.channels.values()))
        if place.is_dm and self.user not in place.recipients:
            raise NotAllowed(f"{self.name} has no part in the direct message {place.name!r}.")
        home = self._world.guild_of(place)
        if home is not None and self.id not in home.members:
            raise NotAllowed(
                f"{self.name} is not a member of {home.name}; let them in with "
                f"sandbox.member({self.name!r}, guild=...)."
            )
        return place


def _command_data(command: Command, resolved: Resolved) -> dict[str, Any]:
    data: dict[str, Any] = {"id": str(command.id), "name": command.name, "type": int(command.type)}
    if command.guild_id is not None:
        data["guild_id"] = str(command.guild_id)
    if resolved.payload:
        data["resolved"] = resolved.payload
    return data
