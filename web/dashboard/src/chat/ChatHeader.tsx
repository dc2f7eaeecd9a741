/** Above a conversation: the way back, who it is, Archive or Restore. */

import { ApiError, type ChatState } from "@deskbell/client";
import { useState } from "preact/hooks";
import { ago } from "../format.ts";
import { useNow, useWords } from "../hooks.ts";
import { titleOf } from "../people.ts";
import { hrefOf, type Route } from "../router.ts";
import { ArchiveIcon, BackIcon, PersonIcon, RestoreIcon } from "../shapes.tsx";

interface Props {
  state: ChatState;
  back: Route;
  move(archive: boolean): Promise<void>;
  details: boolean;
  toggleDetails(): void;
}

export function ChatHeader({ state, back, move, details, toggleDetails }: Props) {
  const words = useWords();
  const { user, loaded, archived } = state;
  return (
    <header class="chat-header" data-testid="chat-header">
      <a
        class="icon-button back"
        href={hrefOf(back)}
        aria-label={words.text("backToChats")}
        data-testid="back"
      >
        <BackIcon size={22} />
      </a>
      <div>
        <h1 class="one-line">
          <bdi>{user ? titleOf(user, words) : words.text("loading")}</bdi>
        </h1>
        {user && <Standing state={state} />}
      </div>
      {user && (
        <button
          type="button"
          class="button details-toggle"
          aria-expanded={details}
          aria-label={words.text("details")}
          onClick={toggleDetails}
        >
          <PersonIcon size={17} />
          <span>{words.text("details")}</span>
        </button>
      )}
      {loaded && <MoveButton key={String(archived)} archived={archived} move={move} />}
    </header>
  );
}

/** Whether the person is there, else when last seen; and the name, where the title is the address. */
function Standing({ state: { user, presence, archived } }: { state: ChatState }) {
  const words = useWords();
  const now = useNow();
  const online = presence.some(({ info }) => info.sender_type === "user");
  const seen = user?.last_seen_at;
  const parts = [
    online && <b data-testid="online">{words.text("online")}</b>,
    !online && seen && words.text("lastSeenAgo", { time: ago(seen, now, words.locale) }),
    user?.email && user.name && <bdi>{user.name}</bdi>,
    archived && words.text("archived"),
  ].filter(Boolean);
  return (
    <p>
      {parts.map((part, index) => (
        <span key={index}>
          {index > 0 && " · "}
          {part}
        </span>
      ))}
    </p>
  );
}

function MoveButton({ archived, move }: { archived: boolean; move: Props["move"] }) {
  const words = useWords();
  const [status, setStatus] = useState<"ready" | "busy" | "failed">("ready");
  const label = words.text(archived ? "restore" : "archive");

  async function press() {
    setStatus("busy");
    try {
      await move(!archived);
      setStatus("ready");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setStatus("failed");
    }
  }

  return (
    <>
      {status === "failed" && (
        <span class="notice" role="alert">
          {words.text("actionFailed")}
        </span>
      )}
      <button
        type="button"
        class="button strong"
        disabled={status === "busy"}
        aria-label={label}
        data-testid={archived ? "restore" : "archive"}
        onClick={press}
      >
        {archived ? <RestoreIcon size={17} /> : <ArchiveIcon size={17} />}
        <span>{label}</span>
      </button>
    </>
  );
}
