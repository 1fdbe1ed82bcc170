import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Digest, Inventory } from '@plimsoll/model';
import { inTransaction, openSqlite, type Schema } from './sqlite.ts';
import type { InventoryStore } from './types.ts';

const schema: Schema = {
  store: 'inventories',
  version: 1,
  tables: ['inventory', 'inventory_name'],
  create: `
    CREATE TABLE inventory (digest TEXT PRIMARY KEY, indexed TEXT NOT NULL, body BLOB NOT NULL);
    CREATE TABLE inventory_name (name TEXT NOT NULL, digest TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (name, digest));
    CREATE INDEX inventory_name_digest ON inventory_name (digest);`,
};

/** Opens the store of inventories, making it where it is not there. */
export function openInventoryStore(file: string): InventoryStore & Disposable {
  const database = openSqlite(file, schema);
  const get = database.prepare('SELECT body FROM inventory WHERE digest = ?');
  const put = database.prepare('INSERT OR REPLACE INTO inventory (digest, indexed, body) VALUES (?, ?, ?)');
  const name = database.prepare(`
    INSERT OR REPLACE INTO inventory_name (name, digest, since)
    VALUES (?, ?, (SELECT coalesce(max(since), 0) + 1 FROM inventory_name))`);
  const images = database.prepare(
    'SELECT digest, indexed FROM inventory i WHERE EXISTS (SELECT 1 FROM inventory_name n WHERE n.digest = i.digest) ORDER BY indexed DESC, digest',
  );
  const names = database.prepare('SELECT name FROM inventory_name WHERE digest = ? ORDER BY since DESC');
  const digests = database.prepare('SELECT digest FROM inventory ORDER BY digest');
  const changes = database.prepare("SELECT count(*) || ' ' || coalesce(max(indexed), '') AS fingerprint FROM inventory");
  const remove = database.prepare('DELETE FROM inventory WHERE digest = ?');
  const removeNames = database.prepare('DELETE FROM inventory_name WHERE digest = ?');

  return {
    get(digest) {
      const row = get.get(digest);
      if (!row) return undefined;
      const inventory = JSON.parse(zstdDecompressSync(row.body as Uint8Array).toString()) as Inventory;
      // Inventories that were made before folders were counted have none.
      return { ...inventory, files: { ...inventory.files, folders: inventory.files.folders ?? [] } };
    },
    put(inventory, indexed) {
      const { image } = inventory;
      inTransaction(database, () => {
        put.run(image.digest, indexed, zstdCompressSync(JSON.stringify(inventory)));
        name.run(image.name, image.digest);
      });
    },
    keep(inventory, indexed) {
      put.run(inventory.image.digest, indexed, zstdCompressSync(JSON.stringify(inventory)));
    },
    list: () =>
      images.all().map(({ digest, indexed }) => ({
        digest: String(digest) as Digest,
        names: names.all(String(digest)).map((row) => String(row.name)),
        indexed: String(indexed),
      })),
    digests: () => digests.all().map((row) => String(row.digest) as Digest),
    remove(digest) {
      return inTransaction(database, () => {
        removeNames.run(digest);
        return remove.run(digest).changes > 0;
      });
    },
    fingerprint: () => String(changes.get()?.fingerprint),
    [Symbol.dispose]: () => database.close(),
  };
}
