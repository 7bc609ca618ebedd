/** A database that we will not work with, told to an operator: the cause, what follows from it, and the remedy. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';

  constructor(cause: string, consequence: string, remedy: string, from?: unknown) {
    super(`${cause} ${consequence} ${remedy}`, { cause: from });
  }
}
