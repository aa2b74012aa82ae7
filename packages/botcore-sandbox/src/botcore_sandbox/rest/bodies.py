"""Reading a request's body: JSON, or multipart with `payload_json` and `files[n]`."""

import mimetypes
import re
from typing import Any
from urllib.parse import unquote

import orjson
from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from botcore_sandbox.errors import ApiError
from botcore_sandbox.state.drafts import Upload

MAX_REQUEST_BYTES = 25 * 1024 * 1024
MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_FILES = 10

_CHUNK = 64 * 1024
_MAX_REASON = 512
_UNNAMED = "unknown.txt"
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


def read_reason(request: web.Request) -> str | None:
    """The reason for the audit log, which travels URL-encoded in a header of its own.

    Raises:
        ApiError: It is too long.
    """
    raw = request.headers.get("X-Audit-Log-Reason")
    if not raw:
        return None
    reason = unquote(raw)
    if len(reason) > _MAX_REASON:
        too_long = {"code": "BASE_TYPE_MAX_LENGTH", "message": f"Must be {_MAX_REASON} or fewer in length."}
        raise ApiError.invalid_form({"reason": {"_errors": [too_long]}})
    return reason


async def _read_multipart(request: web.Request) -> tuple[Any, list[Upload]]:
    try:
        parts = await _read_parts(await request.multipart())
    except (ValueError, LookupError, HttpProcessingError) as error:  # a body that aiohttp cannot split
        raise ApiError.known(50109) from error
    body: Any = {}
    uploads: list[Upload] = []
    for name, filename, content in parts:
        match = _FILE_PART.match(name)
        if name == "payload_json":
            body = _parse(content)
        elif match or filename is not None:
            index = int(match.group(1)) if match else len(uploads)
            uploads.append(_upload(index, filename or _UNNAMED, content))
    if len(uploads) > MAX_FILES:
        raise ApiError.known(30015)
    if any(len(upload.content) > MAX_FILE_BYTES for upload in uploads):
        raise ApiError.known(40005)
    return body, uploads


async def _read_parts(reader: MultipartReader) -> list[tuple[str, str | None, bytes]]:
    """Name, file name and content of every part, as long as they fit into one request together."""
    parts = []
    total = 0
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader):
            raise ApiError.known(50109)  # a form inside a form
        content = bytearray()
        while chunk := await part.read_chunk(_CHUNK):
            total += len(chunk)
            if total > MAX_REQUEST_BYTES:
                raise ApiError.known(40005)
            content += chunk
        parts.append((part.name or "", part.filename, bytes(content)))
    return parts


def _upload(index: int, filename: str, content: bytes) -> Upload:
    safe = re.sub(r"[^\w.\-]", "_", filename) or _UNNAMED
    return Upload(index, safe, content, mimetypes.guess_type(safe)[0] or "application/octet-stream")


def _parse(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise ApiError.known(50109) from error
