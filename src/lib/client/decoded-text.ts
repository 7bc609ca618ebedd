/**
 * The text of a file from whoever saved it: UTF-8 if it can be that, and else as Windows writes Swedish. A file of the
 * latter kind is never valid UTF-8 once it holds an å, ä or ö, so nobody has to be asked.
 */
export function decodedText(bytes: ArrayBuffer | Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
