import { inflateSync } from 'node:zlib';

/** A PDF's objects by their number: the dictionary as it stands, and the stream unpacked. */
function objectsOf(pdf: Buffer): Map<number, { head: string; stream: string }> {
  const found = new Map<number, { head: string; stream: string }>();
  const bytes = pdf.toString('latin1');
  for (const match of bytes.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const from = match.index + match[0].length;
    const until = bytes.indexOf('\nendobj', from);
    const [head = '', rest] = bytes.slice(from, until).split(/\nstream\n/, 2);
    const at = bytes.indexOf('stream\n', from) + 'stream\n'.length;
    const packed = rest === undefined ? null : pdf.subarray(at, bytes.lastIndexOf('\nendstream', until));
    const stream =
      packed === null
        ? ''
        : /FlateDecode/.test(head)
          ? inflateSync(packed).toString('latin1')
          : packed.toString('latin1');
    found.set(Number(match[1]), { head, stream });
  }
  return found;
}

const letter = (hex: string): string =>
  String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)));

/** What a font's own table says that its glyphs mean. */
function meanings(cmap: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, from = '', , list = ''] of cmap.matchAll(/<(\w{4})> <(\w{4})> \[([^\]]*)\]/g)) {
    const first = Number.parseInt(from, 16);
    for (const [at, [, hex = '']] of [...list.matchAll(/<(\w*)>/g)].entries())
      found.set((first + at).toString(16).padStart(4, '0'), letter(hex));
  }
  return found;
}

/** All that can be read in a PDF of ours, in the order in which it is drawn. */
export function pdfText(pdf: Buffer): string {
  const objects = objectsOf(pdf);
  const fonts = new Map<string, Map<string, string>>();
  for (const { head } of objects.values())
    for (const [, name = '', number] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(number))?.head ?? '');
      if (table) fonts.set(name, meanings(objects.get(Number(table[1]))?.stream ?? ''));
    }
  let font = new Map<string, string>();
  let text = '';
  for (const { stream } of objects.values()) {
    if (!/\bBT\b/.test(stream)) continue;
    for (const [, name, glyphs] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name !== undefined) font = fonts.get(name) ?? new Map();
      for (const [, run = ''] of (glyphs ?? '').matchAll(/<(\w+)>/g))
        for (const glyph of run.match(/.{4}/g) ?? []) text += font.get(glyph.toLowerCase()) ?? '\ufffd';
      if (glyphs !== undefined) text += '\n';
    }
  }
  return text;
}
