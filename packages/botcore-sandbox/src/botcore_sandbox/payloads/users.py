"""Users and the application."""

from typing import Any

from botcore_sandbox.state.users import Application, User


def user_payload(user: User) -> dict[str, Any]:
    """A user as everybody sees them (`UserResponse`)."""
    payload: dict[str, Any] = {
        "id": str(user.id),
        "username": user.username,
        "discriminator": user.discriminator,
        "global_name": user.global_name,
        "avatar": None,
        "avatar_decoration_data": None,
        "banner": None,
        "accent_color": None,
        "collectibles": None,
        "primary_guild": None,
        "public_flags": 0,
        "flags": 0,
    }
    if user.bot:
        payload["bot"] = True
    return payload


def own_user_payload(user: User) -> dict[str, Any]:
    """The bot as it sees itself (`UserPIIResponse`)."""
    return user_payload(user) | {
        "mfa_enabled": True,
        "locale": user.locale,
        "premium_type": 0,
        "email": None,
        "verified": True,
    }


def application_payload(application: Application, *, guild_count: int) -> dict[str, Any]:
    """The application as its own bot sees it (`PrivateApplicationResponse`)."""
    return {
        "id": str(application.id),
        "name": application.name,
        "icon": None,
        "description": application.description,
        "type": None,
        "summary": "",
        "bot": user_payload(application.bot),
        "bot_public": False,
        "bot_require_code_grant": False,
        "verify_key": application.verify_key,
        "flags": int(application.flags),
        "flags_new": str(int(application.flags)),
        "tags": [],
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user_payload(application.owner),
        "approximate_guild_count": guild_count,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": ["bot", "applications.commands"],
        "integration_types_config": {
            "0": {"oauth2_install_params": {"scopes": ["applications.commands", "bot"], "permissions": "0"}}
        },
    }
