"""Who am I, and where is the gateway: what a client asks before it connects."""

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.users import application_payload, own_user_payload, user_payload
from botcore_sandbox.rest.call import Answer, Call, Route


async def get_gateway(call: Call) -> Answer:
    """Where to connect."""
    return Answer(200, {"url": call.gateway.url})


async def get_gateway_bot(call: Call) -> Answer:
    """Where to connect, with how many shards and how often."""
    gateway = call.gateway
    return Answer(200, {"url": gateway.url, "shards": gateway.shards, "session_start_limit": gateway.starts.payload()})


async def get_own_user(call: Call) -> Answer:
    """The bot's account."""
    return Answer(200, own_user_payload(call.world.bot))


async def get_user(call: Call) -> Answer:
    """Anybody's account."""
    user = call.world.users.get(call.id("user_id"))
    if user is None:
        raise ApiError.known(10013)
    return Answer(200, user_payload(user))


async def get_own_application(call: Call) -> Answer:
    """The application that the token belongs to."""
    return Answer(200, application_payload(call.world.application, guild_count=len(call.world.guilds)))


ROUTES = (
    Route("GET", "/gateway", get_gateway, public=True),
    Route("GET", "/gateway/bot", get_gateway_bot),
    Route("GET", "/users/@me", get_own_user),
    Route("GET", "/users/{user_id}", get_user),
    Route("GET", "/applications/@me", get_own_application),
    Route("GET", "/oauth2/applications/@me", get_own_application),
)
