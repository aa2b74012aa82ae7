"""What every bot has: /help, /status and /features, as an ordinary feature on the facade.

Belongs here: what needs no package of its own and no table. Imports `botcore` and nothing deeper, as any third
party's feature would.
"""
