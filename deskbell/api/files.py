"""Files of the package for browsers: read once, sent compressed, checked by their fingerprint."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from deskbell.api.errors import error_response
from deskbell.domain.errors import NotFound

_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    compressed: bytes
    etag: str
    media_type: str


def serve_file(request: Request, folder: Path, name: str, headers: dict[str, str]) -> Response:
    """Serve a file straight from a folder, never from below or beside it."""
    path = folder / name
    if "/" in name or "\\" in name or path.suffix not in _TYPES:
        return error_response(NotFound())
    try:
        file = _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError):  # No such file, or a name that no file can have.
        return error_response(NotFound())
    headers = {**headers, "ETag": file.etag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == file.etag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(file.compressed, headers=headers, media_type=file.media_type)
    return Response(file.content, headers=headers, media_type=file.media_type)


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> _File:
    """Read and compress a file; `_changed` makes a rebuilt one a new one."""
    content = path.read_bytes()
    etag = f'W/"{hashlib.sha256(content).hexdigest()[:16]}"'
    return _File(content, gzip.compress(content, 9), etag, _TYPES[path.suffix])
