// Files out of a ZIP whose entries are not compressed, as engine_parts.py makes them: views of the archive, nothing is copied.

/** Yields [path, bytes] for each entry. */
export function* entries(archive) {
  const view = new DataView(archive), text = new TextDecoder();
  let end = archive.byteLength - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end--;
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const size = view.getUint32(at + 20, true), named = view.getUint16(at + 28, true);
    const local = view.getUint32(at + 42, true);
    const path = text.decode(new Uint8Array(archive, at + 46, named));
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    yield [path, new Uint8Array(archive, start, size)];
    at += 46 + named + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

/** Puts the entries into `folder`, a Map of names to what `asFile(bytes)` and `asFolder(Map)` make; a folder's Map is its `contents`. */
export function unpack(archive, folder, asFile, asFolder) {
  for (const [path, bytes] of entries(archive)) {
    const names = path.split('/'), name = names.pop();
    let here = folder;
    for (const part of names) {
      if (!here.has(part)) here.set(part, asFolder(new Map()));
      here = here.get(part).contents;
    }
    if (name) here.set(name, asFile(bytes));
  }
}
