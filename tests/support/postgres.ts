import { afterAll } from 'vitest';
import { postgresServer, type PostgresServer } from './postgres-server.ts';

/**
 * A server for this test file, or null when there is none on this machine: then the tests that need it are skipped,
 * loudly; with `REQUIRE=postgres` this throws instead. `PG_TEST_URL` names a running server to be used.
 *
 *     const postgres = await postgresForTests();
 *     describe.skipIf(!postgres)('on PostgreSQL', …)
 */
export async function postgresForTests(): Promise<PostgresServer | null> {
  // Nothing that is written here has to survive.
  const server = await postgresServer(['fsync=off']);
  if (!server) {
    const missing = 'No PostgreSQL was found (neither /usr/lib/postgresql/*/bin nor initdb in PATH, nor PG_TEST_URL).';
    if (process.env.REQUIRE?.split(',').includes('postgres')) throw new Error(`${missing} REQUIRE asks for it.`);
    console.warn(`\n!!! ${missing}\n!!! The PostgreSQL tests are SKIPPED: nothing here says that they pass.\n`);
    return null;
  }
  // Dropping many databases from a busy server that syncs takes its time.
  afterAll(() => server.stop(), 120_000);
  return server;
}
