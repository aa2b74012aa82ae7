"""Answering an interaction: the callback route."""

from collections.abc import Callable
from typing import Any

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.interactions import callback_payload, message_metadata
from botcore_sandbox.rest import access
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call, Route
from botcore_sandbox.state import answering, posting
from botcore_sandbox.state.drafts import Draft
from botcore_sandbox.state.interactions import CallbackType, Interaction, InteractionType
from botcore_sandbox.state.messages import Message, MessageFlags, MessageType
from botcore_sandbox.validation.callbacks import read_callback_type, read_suggestions
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.messages import read_message
from botcore_sandbox.validation.modals import read_modal
from botcore_sandbox.validation.problems import Problems


async def create_callback(call: Call) -> Answer:
    """The first answer to an interaction, within three seconds and only once.

    A callback that is refused for its form does not count as the answer.
    """
    interaction = _open_interaction(call)
    body = access.json_object(call)
    callback = read_callback_type(body, interaction)
    _ANSWERS[callback](call, interaction, body)
    answering.moved(call.world, interaction)
    if call.query_flag("with_response"):
        return Answer(200, callback_payload(call.world, interaction, callback))
    return NO_CONTENT


def _open_interaction(call: Call) -> Interaction:
    interaction = call.world.interactions.get(call.id("interaction_id"))
    if interaction is None or interaction.failed or interaction.token != call.params["interaction_token"]:
        raise ApiError.known(10062)
    if interaction.acknowledged is not None:
        raise ApiError.known(40060)
    if interaction.channel.id not in call.world.channels:
        raise ApiError.known(10003)
    return interaction


def _answer_with_message(call: Call, interaction: Interaction, body: dict[str, Any]) -> None:
    draft = read_message(_data(body, needed=True), call.uploads, under=("data",))
    interaction.ephemeral = draft.flags is not None and MessageFlags.EPHEMERAL in draft.flags
    answering.acknowledge(call.world, interaction, CallbackType.CHANNEL_MESSAGE_WITH_SOURCE)
    interaction.original = _post_answer(call, interaction, draft)


def _defer_message(call: Call, interaction: Interaction, body: dict[str, Any]) -> None:
    problems = Problems("data")
    flags = Form(_data(body), problems).integer("flags", low=0)
    problems.raise_if_found()
    interaction.ephemeral = bool((flags or 0) & MessageFlags.EPHEMERAL)
    answering.acknowledge(call.world, interaction, CallbackType.DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE)
    interaction.original = _post_answer(call, interaction, Draft(), loading=True)


def _defer_update(call: Call, interaction: Interaction, body: dict[str, Any]) -> None:
    interaction.original = _message_to_update(interaction)
    answering.acknowledge(call.world, interaction, CallbackType.DEFERRED_UPDATE_MESSAGE)


def _update_message(call: Call, interaction: Interaction, body: dict[str, Any]) -> None:
    message = _message_to_update(interaction)
    draft = read_message(_data(body), call.uploads, edited=message, under=("data",))
    answering.acknowledge(call.world, interaction, CallbackType.UPDATE_MESSAGE)
    interaction.original = message
    posting.edit(call.world, message, draft)


def _suggest(call: Call, interaction: Interaction, body: dict[str, Any]) -> None:
    interaction.choices = read_suggestions(_data(body, needed=True), interaction)
    answering.acknowledge(call.world, interaction, CallbackType.APPLICATION_COMMAND_AUTOCOMPLETE_RESULT)


def _open_modal(call: Call, interaction: Interaction, body: dict[str, Any]) -> None:
    problems = Problems("data")
    modal = read_modal(Form(_data(body, needed=True), problems))
    problems.raise_if_found()
    interaction.modal = modal
    answering.acknowledge(call.world, interaction, CallbackType.MODAL)


_ANSWERS: dict[CallbackType, Callable[[Call, Interaction, dict[str, Any]], None]] = {
    CallbackType.CHANNEL_MESSAGE_WITH_SOURCE: _answer_with_message,
    CallbackType.DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE: _defer_message,
    CallbackType.DEFERRED_UPDATE_MESSAGE: _defer_update,
    CallbackType.UPDATE_MESSAGE: _update_message,
    CallbackType.APPLICATION_COMMAND_AUTOCOMPLETE_RESULT: _suggest,
    CallbackType.MODAL: _open_modal,
}


def _data(body: dict[str, Any], *, needed: bool = False) -> dict[str, Any]:
    problems = Problems()
    data = Form(body, problems).form("data", needed=needed)
    problems.raise_if_found()
    return {} if data is None else dict(data.fields)


def _message_to_update(interaction: Interaction) -> Message:
    message = interaction.component_message
    if message is None or message.deleted:
        raise ApiError.known(10008)
    return message


def _post_answer(call: Call, interaction: Interaction, draft: Draft, *, loading: bool = False) -> Message:
    source = interaction.component_message
    return posting.post(
        call.world,
        interaction.channel,
        call.world.bot,
        draft,
        type=_message_type(interaction),
        visible_to=interaction.user.id if interaction.ephemeral else None,
        reply_to=source.id if source is not None else None,
        by_interaction=message_metadata(interaction),
        loading=loading,
    )


def _message_type(interaction: Interaction) -> MessageType:
    """Answers to commands show the command above them, answers to components show as replies."""
    if interaction.component_message is not None:
        return MessageType.REPLY
    if interaction.type is InteractionType.APPLICATION_COMMAND:
        is_slash = interaction.data.get("type", 1) == 1
        return MessageType.CHAT_INPUT_COMMAND if is_slash else MessageType.CONTEXT_MENU_COMMAND
    return MessageType.DEFAULT


ROUTES = (Route("POST", "/interactions/{interaction_id}/{interaction_token}/callback", create_callback, public=True),)
