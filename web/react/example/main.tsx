/** The page around the example; the element says where Deskbell is. */

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Chat } from "./Chat.tsx";
import { connect } from "./connect.ts";

const place = document.getElementById("chat")!;
createRoot(place).render(
  <StrictMode>
    <Chat connect={() => connect(place.dataset["base"]!)} />
  </StrictMode>,
);
