"""What the local Discord knows: users, guilds, channels, messages, commands and interactions.

Plain dataclasses and the rules that keep them consistent belong here. How they look on the wire
(`payloads`), which requests are acceptable (`validation`) and who hears about a change (`gateway`,
`driver`) do not.
"""
