// An image of a memory: what changed in it since it was as all pages have it at first. Most of it does not.

const PIECE = 16384; // bytes

/** What changed in a memory since it was looked at last: told by two sums for each piece, for a copy of all would be as large again. */
export class Changes {
  #sums = new Int32Array(0); // of an empty piece both are 0

  /** The numbers of the pieces of `buffer` that changed. */
  look(buffer) {
    const words = new Int32Array(buffer), step = PIECE / 4, count = words.length / step, places = [];
    if (this.#sums.length < 2 * count) { const longer = new Int32Array(2 * count); longer.set(this.#sums); this.#sums = longer; }
    for (let piece = 0; piece < count; piece++) {
      let one = 0, two = 0;
      for (let i = piece * step; i < (piece + 1) * step; i++) { one = Math.imul(one, 0x01000193) + words[i] | 0; two = two + one | 0; }
      if (one === this.#sums[2 * piece] && two === this.#sums[2 * piece + 1]) continue;
      this.#sums[2 * piece] = one;
      this.#sums[2 * piece + 1] = two;
      places.push(piece);
    }
    return places;
  }

  /** The changes in `buffer`: {size, places, bytes}, the numbers of its pieces and what is in them, one after the other; in `room` if it may grow so large. */
  in(buffer, room = null) {
    const places = this.look(buffer), size = places.length * PIECE;
    const bytes = room?.maxByteLength >= size ? room : new ArrayBuffer(0, { maxByteLength: 2 * size });
    bytes.resize(size);
    places.forEach((piece, i) => new Uint8Array(bytes, i * PIECE).set(new Uint8Array(buffer, piece * PIECE, PIECE)));
    return { size: buffer.byteLength, places, bytes };
  }
}

/** `image` (null: nothing has changed yet) with the changes put in: {size, pieces}, and what is in no piece is as it was at first. */
export function changed(image, { size, places, bytes }) {
  const pieces = image?.pieces || new Map();
  places.forEach((piece, i) => {
    const now = new Uint8Array(bytes, i * PIECE, PIECE);
    if (pieces.has(piece)) pieces.get(piece).set(now);
    else pieces.set(piece, now.slice());
  });
  return { size, pieces };
}

/** Puts into a memory that is empty what it was at first, and an image's changes. The first pages, a stack at rest, are empty and stay untouched. */
export function restore(memory, first, image = null) {
  const words = new Int32Array(first), missing = (image?.size ?? first.byteLength) - memory.buffer.byteLength;
  let used = 0;
  while (words[used] === 0) used++;
  if (missing > 0) memory.grow(missing / 65536);
  new Uint8Array(memory.buffer).set(new Uint8Array(first, 4 * used), 4 * used);
  for (const [piece, bytes] of image?.pieces || []) new Uint8Array(memory.buffer).set(bytes, piece * PIECE);
}
