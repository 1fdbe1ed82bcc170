import { openSqlite, type Schema } from './sqlite.ts';
import type { PinStore } from './types.ts';

const schema: Schema = {
  store: 'pins',
  version: 1,
  tables: ['pin', 'pin_revision'],
  create: `
    CREATE TABLE pin (image TEXT PRIMARY KEY, base TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE pin_revision (revision INTEGER NOT NULL);
    INSERT INTO pin_revision (revision) VALUES (0);`,
};

/** Opens the store of pinned bases, making it where it is not there. */
export function openPinStore(file: string): PinStore & Disposable {
  const database = openSqlite(file, schema);
  const get = database.prepare('SELECT base FROM pin WHERE image = ?');
  const put = database.prepare('INSERT OR REPLACE INTO pin (image, base) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM pin WHERE image = ?');
  const bump = database.prepare('UPDATE pin_revision SET revision = revision + 1');
  const revision = database.prepare('SELECT revision FROM pin_revision');
  return {
    get(image) {
      const base = get.get(image)?.base;
      return base === undefined ? undefined : String(base);
    },
    put(image, base) {
      put.run(image, base);
      bump.run();
    },
    remove(image) {
      const { changes } = remove.run(image);
      if (changes) bump.run();
      return Number(changes) > 0;
    },
    fingerprint: () => String(revision.get()?.revision ?? 0),
    [Symbol.dispose]: () => database.close(),
  };
}
