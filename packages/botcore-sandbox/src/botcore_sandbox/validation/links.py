"""URLs inside embeds and components."""

from urllib.parse import urlsplit

from botcore_sandbox.validation.problems import Problems

ATTACHMENT_SCHEME = "attachment://"
_LINK = ("http", "https")
_MEDIA = (*_LINK, "attachment")
_APP_LINK = (*_LINK, "discord")


def check_link(problems: Problems, url: str) -> bool:
    """A link that people can open."""
    return _check(problems, url, _LINK)


def check_media(problems: Problems, url: str) -> bool:
    """A picture or file: a link, or a file of the same message by its name."""
    return _check(problems, url, _MEDIA)


def check_button_link(problems: Problems, url: str) -> bool:
    """What a link button may open, which includes places inside the client."""
    return _check(problems, url, _APP_LINK)


def _check(problems: Problems, url: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(url)
        well_formed = bool(parts.hostname) and parts.port != 0 and not any(map(str.isspace, url))
    except ValueError:  # what urlsplit raises for brackets and ports that are none
        problems.add("URL_TYPE_INVALID_URL", "Not a well formed URL.")
        return False
    if parts.scheme not in schemes:
        problems.add(
            "URL_TYPE_INVALID_SCHEME",
            f'Scheme "{parts.scheme}" is not supported. Scheme must be one of {schemes!r}.',
        )
        return False
    if not well_formed:
        problems.add("URL_TYPE_INVALID_URL", "Not a well formed URL.")
        return False
    return True
