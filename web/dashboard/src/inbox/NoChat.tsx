/** The conversation's place while no chat is open. */

import { Blank } from "../Blank.tsx";
import { Keys } from "./Keys.tsx";

export function NoChat() {
  return (
    <main class="column conversation" data-testid="no-chat">
      <Blank title="noChatOpen" lead="noChatOpenLead">
        <Keys
          keys={[
            [["J", "K"], "keyMove"],
            [["Enter"], "keyOpen"],
          ]}
        />
      </Blank>
    </main>
  );
}
