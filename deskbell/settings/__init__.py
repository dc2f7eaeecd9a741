"""What an installation can be told: see docs/settings.md."""

from deskbell.settings.declared import SECRETS, TYPES, Settings, SettingsError
from deskbell.settings.origins import PREFIX, load_settings
from deskbell.settings.secret import ensure_secret

__all__ = [
    "PREFIX",
    "SECRETS",
    "TYPES",
    "Settings",
    "SettingsError",
    "ensure_secret",
    "load_settings",
]
