/** What identity keeps, as Kysely sees it; the store makes these tables and keeps many more. Instants are ms in UTC. */
export interface IdentityTables {
  person: {
    id: string;
    /** In lower case, so that unique means unique. */
    email: string;
    name: string;
    password_hash: string | null;
    created_at: number;
    disabled_at: number | null;
    /** Raised at every change of rights, so that open sockets notice, on every node. */
    access_version: number;
  };
  person_role: { person_id: string; role: string };
  person_unit: { person_id: string; unit_id: string };
  /** Of the queues, only whose they are. */
  queue: { id: string; unit_id: string | null };
  /** `id` is the SHA-256 of the token that the browser holds: whoever reads the table cannot sign in with it. */
  session: { id: string; person_id: string; created_at: number; expires_at: number };
  api_token: {
    id: string;
    name: string;
    hash: string;
    scopes: string;
    created_at: number;
    expires_at: number;
    last_used_at: number | null;
  };
  secret: { name: string; value: string };
}
