/** Everything the widget writes into a browser, beside the outbox; nothing before the first message. */

/** Lets an anonymous visitor come back as the same person. */
export const VISITOR_KEY = "deskbell:visitor_key";
/** Somebody without a key of their own has written from here: connect at once next time. */
export const WROTE = "deskbell:wrote";
/** "off" when the visitor muted the widget. */
export const SOUND = "deskbell:sound";
/** "off" when the visitor did not want to leave an address. */
export const ASK = "deskbell:ask";
/** With the chat's id behind it: what stood in the field, in this tab alone. */
export const DRAFT = "deskbell:draft:";
/** Written and removed at once: tells the other tabs to forget, too. */
export const FORGET = "deskbell:forget";
/** What the dashboard keeps, which lies beside it where the host's page is on the same origin. */
export const OF_AGENTS = /^deskbell:(dashboard|outbox:admin):/;
