/** UUIDv7 (RFC 9562): ids that sort by the time they were made, in the order of the calls. */

let lastMs = 0;
let counter = 0;

/**
 * `crypto.randomUUID` is missing on plain HTTP, `getRandomValues` is not.
 * Ids of the same millisecond count up in `rand_a`, so that an outbox sorted by id keeps its order.
 */
export function uuidv7(now: number = Date.now()): string {
  if (now > lastMs) {
    lastMs = now;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastMs++;
    counter = 0;
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(lastMs / 2 ** (40 - 8 * i)) & 0xff;
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
