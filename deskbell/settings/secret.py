"""The key of an installation: the one that was set, or one made on the first start."""

import os
import secrets
from pathlib import Path

from deskbell.settings.declared import Settings, SettingsError
from deskbell.settings.rules import SECRET_BYTES


def ensure_secret(settings: Settings) -> bytes:
    """The key of this installation; made on the first start, readable by its owner only."""
    if settings.secret is not None:
        return settings.secret.encode()
    path = settings.data / "secret"
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(48))
        secret = path.read_text().strip().encode()
    except OSError as error:
        raise SettingsError(f"cannot keep the secret in {path}: {error}") from error
    if len(secret) < SECRET_BYTES:
        raise SettingsError(f"{path} holds fewer than {SECRET_BYTES} bytes")
    return secret


def _write_once(path: Path, text: str) -> None:
    """Appears whole or not at all, and the first of two starting servers wins."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
