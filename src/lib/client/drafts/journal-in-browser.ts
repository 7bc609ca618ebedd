import type { JournalRecord, JournalStore } from './journal.ts';

const NAME = 'stamgaffel-drafts';
const STORE = 'field';

/** The journal in IndexedDB; null where the browser keeps nothing for us, or a page without https may not encrypt. */
export async function journalInBrowser(): Promise<JournalStore | null> {
  // Without a secure context there is no key to lock it with, and in the clear it is not kept.
  if (!globalThis.indexedDB || !globalThis.crypto?.subtle) return null;
  const database = await opened().catch(() => null);
  return database && journalIn(database);
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => {
      const store = opening.result.createObjectStore(STORE, { keyPath: ['draft', 'path'] });
      store.createIndex('subject', 'subject');
      store.createIndex('at', 'at');
    };
    opening.onsuccess = () => {
      const database = opening.result;
      // A newer page wants to change the store: this one lets it, and the browser then makes it load anew.
      database.onversionchange = () => database.close();
      resolve(database);
    };
    opening.onerror = () => reject(opening.error ?? new Error('The browser keeps no database'));
    opening.onblocked = () => reject(new Error('Another page holds the journal'));
  });
}

function journalIn(database: IDBDatabase): JournalStore {
  /** Carries out in one transaction; returns when it is on the disk. */
  function within<Result>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      // Strict: flushed before it says that it is done. The default may lie in the system's memory for a while.
      const transaction = database.transaction(STORE, mode, { durability: 'strict' });
      const result = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(result());
      transaction.onerror = () => reject(transaction.error ?? new Error('The journal could not be written'));
      transaction.onabort = () => reject(transaction.error ?? new Error('The journal could not be written'));
    });
  }
  const asked =
    <Result>(request: IDBRequest<Result>) =>
    () =>
      request.result;

  return {
    put: (records) =>
      within('readwrite', (store) => {
        for (const record of records) store.put(record);
        return () => undefined;
      }),
    // Every key of a draft: an array sorts after every text.
    all: (draft) =>
      within('readonly', (store) => asked<JournalRecord[]>(store.getAll(IDBKeyRange.bound([draft], [draft, []])))),
    delete: (draft, path, upTo) =>
      within('readwrite', (store) => {
        const found = store.get([draft, path]) as IDBRequest<JournalRecord | undefined>;
        found.onsuccess = () => {
          if (found.result && found.result.edition <= upTo) store.delete([draft, path]);
        };
        return () => undefined;
      }),
    keeps: async (subject) => (await within('readonly', (store) => asked(store.index('subject').count(subject)))) > 0,
    deleteOlderThan: (at) =>
      within('readwrite', (store) => {
        const old = store.index('at').openCursor(IDBKeyRange.upperBound(at, true));
        old.onsuccess = () => {
          old.result?.delete();
          old.result?.continue();
        };
        return () => undefined;
      })
  };
}
