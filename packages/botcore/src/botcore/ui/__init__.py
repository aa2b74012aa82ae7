"""What a bot shows: embeds, components, modals, messages, and the markdown that they are written in.

Here: Discord's words and limits, as plain values that become payloads for its REST API. The values are
checked where they are written, and what users typed is escaped and shortened rather than refused.
Not here: sending anything, what happens on a click, and any client library.
"""
