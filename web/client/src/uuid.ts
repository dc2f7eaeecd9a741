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
  const time = lastMs.toString(16).padStart(12, "0");
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  bytes[0] = 0x80 | (bytes[0]! & 0x3f);
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const count = counter.toString(16).padStart(3, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${random.slice(0, 4)}-${random.slice(4)}`;
}
