// Identifiers made on the device. Pure but for the clock and the random source they are given.

/**
 * A version 7 UUID (RFC 9562): 48 bits of time, then 74 random ones. `crypto.randomUUID` is missing
 * on plain http, and ids in order of time lie beside each other in the server's index.
 * @param {number} [now] epoch ms
 * @param {(bytes: Uint8Array<ArrayBuffer>) => Uint8Array} [random]
 */
export function uuid7(now = Date.now(), random = (bytes) => crypto.getRandomValues(bytes)) {
  const bytes = random(new Uint8Array(16));
  let time = Math.max(0, Math.floor(now));
  for (let place = 5; place >= 0; place--) {
    bytes[place] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
