/** The keys cannot be used. `message` is for whoever starts us: cause, consequence and remedy, and no key. */
export class KeysUnusable extends Error {
  override readonly name = 'KeysUnusable';
  constructor(cause: string, consequence: string, remedy: string) {
    super(`${cause} ${consequence} ${remedy}`);
  }
}
