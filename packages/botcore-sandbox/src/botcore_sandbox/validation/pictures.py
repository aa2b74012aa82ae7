"""Pictures that a request carries as text: avatars, icons and banners.

Source: developer documentation, "Image Data". Nobody sees them in the sandbox, so only their form is judged.
"""

from botcore_sandbox.validation.form import Form

_DATA = "data:image/"
_MAX = 14_000_000
"""Characters of 10 MiB in base64."""


def read_picture(form: Form, key: str) -> None:
    """Judge a picture, which is a data URI."""
    value = form.raw(key)
    if value is None:
        return
    if not isinstance(value, str) or not value.startswith(_DATA):
        form.problems.at(key).add("SANDBOX_IMAGE_INVALID", "A picture is a data URI such as data:image/png;base64,...")
    else:
        form.text(key, high=_MAX)
