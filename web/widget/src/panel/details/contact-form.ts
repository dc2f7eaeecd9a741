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

function reason(error: unknown): DetailsKey {
  if (!(error instanceof ApiError)) return "not_saved";
  if (error.code === "rate_limited") return "too_often";
  return error.data["field"] === "email" ? "invalid" : "not_saved";
}

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
  let told = "";
  const addressOf = (contact: Contact | null) => contact?.unconfirmed_email ?? contact?.email ?? "";
  /** Only what was written here: an older form must not undo what was changed elsewhere meanwhile. */
  const changes = (): ContactChange => ({
    ...(email.value.trim() !== addressOf(shown) && { email: email.value.trim() }),
    ...(withName && name.value.trim() !== (shown?.name ?? "") && { name: name.value.trim() }),
  });

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
      await save(changes());
      if (!shown?.unconfirmed_email) tell(say("saved"));
    } catch (error) {
      tell(say(reason(error)), true);
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
      if (addressOf(contact) !== addressOf(before)) email.value = addressOf(contact);
      const { email: proven, unconfirmed_email: claimed, mails } = contact;
      const news = claimed ? say("confirm", { email: claimed }) : proven && mails ? say("confirmed", { email: proven }) : "";
      if (news !== told) tell(news);
      told = news;
    },
    focus: () => email.focus({ preventScroll: true }),
  };
}
