"""The routes that a bot needs are all there."""

import re

from botcore_sandbox.rest.router import ROUTES

# Whatever the parameters are called. Source: developer documentation, the page of each resource.
NEEDED = """
/applications/@me GET
/applications/{}/commands GET POST PUT
/applications/{}/commands/{} DELETE PATCH
/applications/{}/guilds/{}/commands GET POST
/applications/{}/guilds/{}/commands/permissions GET
/applications/{}/guilds/{}/commands/{} DELETE
/channels/{} DELETE PATCH
/channels/{}/messages GET POST
/channels/{}/messages/bulk-delete POST
/channels/{}/messages/{} DELETE GET PATCH
/channels/{}/messages/{}/reactions/{}/@me PUT
/channels/{}/messages/{}/threads POST
/channels/{}/permissions/{} DELETE PUT
/channels/{}/pins GET
/channels/{}/pins/{} PUT
/channels/{}/polls/{}/answers/{} GET
/channels/{}/polls/{}/expire POST
/channels/{}/threads POST
/channels/{}/typing POST
/channels/{}/webhooks POST
/gateway GET
/gateway/bot GET
/guilds/{} GET
/guilds/{}/audit-logs GET
/guilds/{}/bans/{} PUT
/guilds/{}/channels GET PATCH POST
/guilds/{}/members GET
/guilds/{}/members/{} DELETE GET PATCH
/guilds/{}/members/{}/roles/{} DELETE PUT
/guilds/{}/roles GET POST
/guilds/{}/roles/{} DELETE PATCH
/guilds/{}/scheduled-events GET POST
/guilds/{}/scheduled-events/{} DELETE PATCH
/guilds/{}/scheduled-events/{}/users GET
/interactions/{}/{}/callback POST
/oauth2/applications/@me GET
/users/@me GET
/users/@me/channels POST
/webhooks/{}/{} POST
/webhooks/{}/{}/messages/@original DELETE GET PATCH
/webhooks/{}/{}/messages/{} DELETE PATCH
"""


def test_every_route_that_a_bot_needs_is_served() -> None:
    """By its method and path; what each of them does is the business of the other tests."""
    served = {(route.method, re.sub(r"\{\w+\}", "{}", route.path)) for route in ROUTES}
    needed = {(method, path) for path, *methods in map(str.split, NEEDED.strip().splitlines()) for method in methods}
    assert len(needed) > 50
    assert needed - served == set()
