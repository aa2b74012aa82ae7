"""Reading a request's body: JSON, or multipart with `payload_json` and `files[n]`."""

import mimetypes
import re
from typing import Any

import orjson
from aiohttp import web

from botcore_sandbox.errors import ApiError
from botcore_sandbox.state.drafts import Upload

MAX_REQUEST_BYTES = 25 * 1024 * 1024
MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_FILES = 10

_FILE_PART = re.compile(r"files\[(\d{1,4})\]\Z")


async def read_body(request: web.Request) -> tuple[Any, list[Upload]]:
    """The JSON of a request (None without a body) and its files.

    Raises:
        ApiError: Not JSON (50109), another content type (50035), too large (40005), too many files (30015).
    """
    if not request.can_read_body:
        return None, []
    try:
        if request.content_type == "multipart/form-data":
            return await _read_multipart(request)
        raw = await request.read()
    except web.HTTPRequestEntityTooLarge as error:
        raise ApiError.known(40005) from error
    if not raw:
        return None, []
    if request.content_type != "application/json":
        raise ApiError.invalid_form(
            {
                "_errors": [
                    {
                        "code": "CONTENT_TYPE_INVALID",
                        "message": 'Expected "Content-Type" header to be one of '
                        "{'application/json', 'multipart/form-data'}.",
                    }
                ]
            }
        )
    return _parse(raw), []


async def _read_multipart(request: web.Request) -> tuple[Any, list[Upload]]:
    try:
        form = await request.post()
    except (
        ValueError,
        AssertionError,
        LookupError,
    ) as error:  # what aiohttp raises for a body it cannot split
        raise ApiError.known(50109) from error
    body: Any = None
    uploads: list[Upload] = []
    for name, value in form.items():
        if name == "payload_json":
            body = _parse(_content(value))
        elif isinstance(value, web.FileField) or _FILE_PART.match(name):
            uploads.append(_upload(name, value, position=len(uploads)))
    if len(uploads) > MAX_FILES:
        raise ApiError.known(30015)
    if any(len(upload.content) > MAX_FILE_BYTES for upload in uploads):
        raise ApiError.known(40005)
    return ({} if body is None else body), uploads


def _upload(name: str, value: object, *, position: int) -> Upload:
    match = _FILE_PART.match(name)
    index = int(match.group(1)) if match else position
    filename = value.filename if isinstance(value, web.FileField) else "unknown.txt"
    safe = re.sub(r"[^\w.\-]", "_", filename.replace("/", "_")) or "unknown.txt"
    guessed = mimetypes.guess_type(safe)[0] or "application/octet-stream"
    return Upload(index, safe, _content(value), guessed)


def _content(value: object) -> bytes:
    if isinstance(value, web.FileField):
        return value.file.read()
    return value.encode() if isinstance(value, str) else bytes(value) if isinstance(value, bytearray) else b""


def _parse(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise ApiError.known(50109) from error
