/** Where a visitor leaves an e-mail address, and in the sheet a name: one form for both places. */

import { ApiError, type Contact, type ContactChange } from "@deskbell/client";
import { h, type Child, set, write } from "../dom.ts";
import type { DetailsKey, DetailsSpeech } from "./text.ts";

export interface ContactFormParts {
  say: DetailsSpeech;
  withName: boolean;
  save(change: ContactChange): Promise<unknown>;
  /** What else stands beside the button. */
  beside?: Child;
}

const WRONG: Record<string, DetailsKey> = { invalid: "invalid", rate_limited: "too_often" };

export function buildContactForm({ say, withName, save, beside }: ContactFormParts) {
  const name = h("input", { name: "name", autocomplete: "name", maxlength: 320, dir: "auto" });
  const email = h("input", { name: "email", type: "email", autocomplete: "email", maxlength: 320, dir: "ltr" });
  const outcome = h("p", { role: "status" });
  const submit = h("button", { class: "save" }, say("save"));
  const element = h("form", { class: "contact", novalidate: true },
    withName && h("label", {}, h("span", {}, say("name")), name),
    h("label", {}, h("span", {}, say("email")), email),
    h("div", { class: "acts" }, submit, beside),
    outcome);
  let shown: Contact | null = null;

  const tell = (text: string, wrong = false) => {
    set(outcome, { class: wrong && "wrong" });
    set(email, { "aria-invalid": wrong && "true" });
    write(outcome, text);
  };
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!email.checkValidity()) return tell(say("invalid"), true);
    submit.disabled = true;
    try {
      await save(withName ? { email: email.value.trim(), name: name.value.trim() } : { email: email.value.trim() });
      if (!shown?.unconfirmed_email) tell(say("saved"));
    } catch (error) {
      tell(say(WRONG[error instanceof ApiError ? error.code : ""] ?? "not_saved"), true);
    } finally {
      submit.disabled = false;
    }
  });

  return {
    element,
    /** What is known takes the place of what is written, but only when it is news. */
    update(contact: Contact): void {
      const before = shown;
      shown = contact;
      if (before?.name !== contact.name) name.value = contact.name ?? "";
      const address = contact.unconfirmed_email ?? contact.email ?? "";
      if (address !== (before?.unconfirmed_email ?? before?.email ?? "")) email.value = address;
      const { unconfirmed_email, mails } = contact;
      if (unconfirmed_email) tell(say("confirm", { email: unconfirmed_email }));
      else if (contact.email && mails) tell(say("confirmed", { email: contact.email }));
    },
    focus: () => email.focus({ preventScroll: true }),
  };
}
