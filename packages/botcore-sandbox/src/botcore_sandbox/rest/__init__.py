"""Discord's REST API v10: one module for each group of routes, each with its own table.

What a request may say is judged in `validation`, what it changes is done in `state`; a route only joins the
two and decides who may do it.
"""
