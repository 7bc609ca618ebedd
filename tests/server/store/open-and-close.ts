/** Run as a process of its own by a test: opens the database in its argument, as a start of the product would. */
import { openDatabase } from '../../../src/lib/server/store/database.ts';

const database = await openDatabase(process.argv[2]!);
console.log((await database.kysely.selectFrom('log').select('epoch').executeTakeFirstOrThrow()).epoch);
await database.close();
