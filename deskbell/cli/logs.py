"""How the service logs: one line for people, or one JSON object for a collector, to stderr."""

import json
import logging
from datetime import UTC, datetime
from typing import Literal

TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class JsonLines(logging.Formatter):
    """One JSON object a line, so that a traceback stays one record."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def configure_logging(level: str, style: Literal["text", "json"]) -> None:
    """Only the service does this: a Deskbell inside another app leaves its logging alone."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if style == "json" else logging.Formatter(TEXT))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.getLogger("uvicorn.error").addFilter(_no_traceback_for_rubbish)
    # Two lines for each WebSocket, and what Alembic is about to think about.
    for chatty in ("uvicorn", "alembic"):
        least = max(logging.getLevelName(level.upper()), logging.WARNING)
        logging.getLogger(chatty).setLevel(least)


def _no_traceback_for_rubbish(record: logging.LogRecord) -> bool:
    """uvicorn closes a socket that sends broken UTF-8, as it should, and then logs where in its
    own code it noticed: a page of text for each such frame of anybody who cares to send one."""
    if record.getMessage().startswith("Invalid UTF-8"):
        record.exc_info = None
    return True
