"""What a bot shows: embeds, components, modals, messages, and the markdown that they are written in.

Here: Discord's words and limits, as plain values that become payloads for its REST API. The values are
checked where they are written, and what users typed is escaped and shortened rather than refused.
Not here: sending anything, what happens on a click, and any client library.
"""

from botcore.ui.components import ActionRow, Button, ButtonStyle, ComponentType, Select, SelectOption, rows
from botcore.ui.embed import Colour, EmbedBuilder
from botcore.ui.limits import LayoutError
from botcore.ui.markdown import Markdown, TimestampStyle, code_block, escape, fill, inline_code, timestamp
from botcore.ui.message import AllowedMentions, File, Message
from botcore.ui.modal import Modal, TextInput, TextInputStyle
from botcore.ui.shortening import shorten

__all__ = [
    "ActionRow",
    "AllowedMentions",
    "Button",
    "ButtonStyle",
    "Colour",
    "ComponentType",
    "EmbedBuilder",
    "File",
    "LayoutError",
    "Markdown",
    "Message",
    "Modal",
    "Select",
    "SelectOption",
    "TextInput",
    "TextInputStyle",
    "TimestampStyle",
    "code_block",
    "escape",
    "fill",
    "inline_code",
    "rows",
    "shorten",
    "timestamp",
]
