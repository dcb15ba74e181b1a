// Identifiers made on the device.
import assert from "node:assert/strict";
import { test } from "node:test";
import { uuid7 } from "../../static/js/lib/ids.js";

test("an id is a UUID of version 7 with the time in front", () => {
  const id = uuid7(0x0196_e000_1234);
  assert.match(id, /^0196e000-1234-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("ids sort by time and never repeat", () => {
  const ids = Array.from({ length: 2000 }, (_, n) => uuid7(1_772_625_600_000 + n));
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(new Set(Array.from({ length: 5000 }, () => uuid7(1))).size, 5000);
});

test("all bits but those of the version are chance", () => {
  assert.equal(
    uuid7(0, (bytes) => bytes.fill(255)),
    "00000000-0000-7fff-bfff-ffffffffffff",
  );
});
