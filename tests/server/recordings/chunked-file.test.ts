import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CHUNK_BYTES, FileDamaged, HEADER_BYTES, headerOf } from '../../../src/lib/server/recordings/chunked-file.ts';
import { openSealed, sealedPath, writeSealed } from '../../../src/lib/server/recordings/sealed-file.ts';

const SEALED = CHUNK_BYTES + 16;
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'stamgaffel-sealed-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Three whole chunks and a part of a fourth, unless told otherwise. */
async function written(plain = randomBytes(3 * CHUNK_BYTES + 1_234), recordingId: string = randomUUID()) {
  const head = { recordingId, fileId: randomUUID() };
  const key = randomBytes(32);
  const pieces = [plain.subarray(0, 7), plain.subarray(7, 100_000), plain.subarray(100_000)];
  const size = await writeSealed(folder, { ...head, plainLength: plain.length }, key, pieces);
  return { head, key, plain, size, path: sealedPath(folder, head.fileId) };
}
type Written = Awaited<ReturnType<typeof written>>;
async function readAll({ head, key }: Pick<Written, 'head' | 'key'>, from = 0, until?: number): Promise<Buffer> {
  const file = await openSealed(folder, head, key);
  try {
    const pieces: Buffer[] = [];
    for await (const piece of file.read(from, until ?? file.plainLength)) pieces.push(piece);
    return Buffer.concat(pieces);
  } finally {
    await file.close();
  }
}
function changed({ path }: Written, change: (bytes: Buffer) => Buffer | void): void {
  const bytes = readFileSync(path);
  writeFileSync(path, change(bytes) ?? bytes);
}

describe('what was locked', () => {
  test('comes back whole, and from any byte to any other', async () => {
    const file = await written();
    expect(await readAll(file)).toEqual(file.plain);
    expect(readFileSync(file.path).length).toBe(file.size);
    for (const [from, until] of [
      [0, 1],
      [CHUNK_BYTES - 1, CHUNK_BYTES + 1],
      [CHUNK_BYTES, 2 * CHUNK_BYTES],
      [12_345, 3 * CHUNK_BYTES + 1_000],
      [file.plain.length - 1, file.plain.length]
    ] as const)
      expect(await readAll(file, from, until)).toEqual(file.plain.subarray(from, until));
  });
  test.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES])(
    'also of %i bytes',
    async (length) => {
      const file = await written(randomBytes(length));
      expect(await readAll(file)).toEqual(file.plain);
    }
  );
  test('is not in the file', async () => {
    const file = await written(Buffer.alloc(CHUNK_BYTES * 2, 'jag hör att det brådskar'));
    expect(readFileSync(file.path).includes('hör')).toBe(false);
  });
  test('has a header that others can read: SGR1, the ids, the size of a chunk and the length', async () => {
    const { path, head, plain } = await written();
    const header = readFileSync(path).subarray(0, HEADER_BYTES);
    expect(header).toEqual(headerOf({ ...head, plainLength: plain.length }));
    expect(header.toString('latin1', 0, 4)).toBe('SGR1');
    expect(header.toString('hex', 4, 20)).toBe(head.recordingId.replaceAll('-', ''));
    expect(header.toString('hex', 20, 36)).toBe(head.fileId.replaceAll('-', ''));
    expect([header.readUInt32BE(36), Number(header.readBigUInt64BE(40))]).toEqual([65_536, plain.length]);
  });
});

describe('what is changed is not read', () => {
  test('a single bit, wherever it is turned', async () => {
    const file = await written();
    const whole = readFileSync(file.path);
    for (const at of [
      0,
      4,
      20,
      36,
      47,
      HEADER_BYTES,
      HEADER_BYTES + 70_000,
      HEADER_BYTES + SEALED - 1,
      whole.length - 1
    ]) {
      const turned = Buffer.from(whole);
      turned[at]! ^= 1;
      writeFileSync(file.path, turned);
      await expect(readAll(file), `byte ${at}`).rejects.toThrow(FileDamaged);
    }
    writeFileSync(file.path, whole);
    expect(await readAll(file)).toEqual(file.plain);
  });
  test('chunks that changed places', async () => {
    const file = await written();
    changed(file, (bytes) => {
      const [one, two] = [0, 1].map((n) =>
        Buffer.from(bytes.subarray(HEADER_BYTES + n * SEALED, HEADER_BYTES + (n + 1) * SEALED))
      );
      two!.copy(bytes, HEADER_BYTES);
      one!.copy(bytes, HEADER_BYTES + SEALED);
    });
    await expect(readAll(file)).rejects.toThrow(FileDamaged);
  });
  test('a file that was cut short, within a chunk or after one', async () => {
    for (const cut of [1, 1_234 + 16]) {
      const file = await written();
      truncateSync(file.path, file.size - cut);
      await expect(readAll(file)).rejects.toThrow(FileDamaged);
    }
  });
  test('a file that was cut after a chunk, with a header that says so', async () => {
    const file = await written(randomBytes(2 * CHUNK_BYTES));
    truncateSync(file.path, HEADER_BYTES + SEALED);
    changed(file, (bytes) => void bytes.writeBigUInt64BE(BigInt(CHUNK_BYTES), 40));
    await expect(readAll(file)).rejects.toThrow(FileDamaged);
  });
  test('a chunk of another recording, and one of another file of the same', async () => {
    const file = await written();
    for (const other of [await written(), await written(undefined, file.head.recordingId)]) {
      const whole = readFileSync(file.path);
      changed(
        file,
        (bytes) => void readFileSync(other.path).copy(bytes, HEADER_BYTES, HEADER_BYTES, HEADER_BYTES + SEALED)
      );
      await expect(readAll(file)).rejects.toThrow(FileDamaged);
      writeFileSync(file.path, whole);
    }
  });
  test('a whole file in the place of another', async () => {
    const [file, other] = [await written(), await written()];
    writeFileSync(file.path, readFileSync(other.path));
    await expect(readAll(file)).rejects.toThrow(FileDamaged);
    await expect(readAll({ head: file.head, key: other.key })).rejects.toThrow(FileDamaged);
  });
});

describe('a file that does not become whole', () => {
  test.each([
    ['less', 10],
    ['more', -10]
  ])('is not there when there came %s than was promised', async (_what, missing) => {
    const plain = randomBytes(100_000);
    const head = { recordingId: randomUUID(), fileId: randomUUID(), plainLength: plain.length + missing };
    await expect(writeSealed(folder, head, randomBytes(32), [plain])).rejects.toThrow(FileDamaged);
    expect(readdirSync(folder)).toEqual([]);
  });
  test('is not there when its source fails', async () => {
    const head = { recordingId: randomUUID(), fileId: randomUUID(), plainLength: 200_000 };
    const failing = async function* () {
      yield randomBytes(100_000);
      throw new Error('the disk is gone');
    };
    await expect(writeSealed(folder, head, randomBytes(32), failing())).rejects.toThrow('the disk is gone');
    expect(readdirSync(folder)).toEqual([]);
  });
});
