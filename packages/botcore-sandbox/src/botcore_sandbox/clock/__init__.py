"""The sandbox's time: a clock that can be moved forward, and the bots that keep step with it.

`moving` is the clock. `service` serves it on the sandbox's port and asks those who follow it about their timers;
`following` is the same clock inside a bot's process. What shows the time to people does not belong here.
"""
