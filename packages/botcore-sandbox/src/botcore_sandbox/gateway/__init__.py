"""The websocket side: identify, heartbeat, events by intent, resume.

The protocol of the socket and which session hears what belong here; what happened and why does not (`state`).
Source: developer documentation, "Gateway", "Opcodes and Status Codes".
"""
