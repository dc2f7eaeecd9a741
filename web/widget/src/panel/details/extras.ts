/** What is not needed to chat: the sheet of choices over the list, and the question for an address in it. */

import type { ChatState, Contact, ContactChange } from "@deskbell/client";
import type { Parts } from "../controller.ts";
import { set } from "../dom.ts";
import { Asking } from "./asking.ts";
import { buildDetails, type Details } from "./details.ts";
import { popOut } from "./pop-out.ts";
import { speakDetails } from "./text.ts";

export interface Surface {
  /** The sheet lies in here. */
  readonly place: HTMLElement;
  /** The button that opens it. */
  readonly opener: HTMLElement;
  changed(): void;
}

/** Raises what `import()` raises when the texts cannot be fetched. */
export async function mountExtras(parts: Parts, surface: Surface): Promise<Extras> {
  const { host, storage } = parts;
  const save = async (change: ContactChange) => {
    const { contact } = await parts.api().patch<{ contact: Contact }>("support_chat/contact", change);
    parts.chat.takeContact(contact);
  };
  const link = async () => (await parts.api().post<{ link: string }>("support_chat/link")).link;
  const asking = new Asking(storage, surface.changed);
  const details = buildDetails({
    say: await speakDetails(host.language),
    shadow: host.shadow,
    storage,
    hasSound: host.settings.sound !== false,
    save,
    dismiss() {
      asking.dismiss();
      // The button that had the focus is gone.
      surface.opener.focus();
    },
    popOut: host.settings.layout === "page" ? null : () => void popOut(host.base, link),
  });
  surface.place.append(details.sheet);
  return new Extras(surface, details, asking, host.settings.contact !== false);
}

export class Extras {
  #open = false;

  constructor(
    private readonly surface: Surface,
    private readonly details: Details,
    private readonly asking: Asking,
    private readonly mayAsk: boolean,
  ) {}

  toggle(): void {
    this.#open = !this.#open;
    this.surface.changed();
    set(this.surface.opener, { "aria-expanded": String(this.#open) });
    set(this.details.sheet, { hidden: !this.#open });
    // Nobody gets lost behind it.
    for (const part of this.surface.place.children) set(part, { inert: this.#open && part !== this.details.sheet });
    if (this.#open) this.details.sheet.focus();
  }

  /** True if there was something to close. */
  close(): boolean {
    if (!this.#open) return false;
    this.toggle();
    return true;
  }

  /** What stands at the end of the list, if it is time to ask. */
  update(state: ChatState): HTMLElement | null {
    this.details.update(state);
    return this.mayAsk && this.asking.update(state) ? this.details.ask : null;
  }

  stop(): void {
    this.asking.stop();
  }
}
