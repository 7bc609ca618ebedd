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
    password_reset_at: number | null;
    password_reset_by: string | null;
    directory_tenant: string | null;
    directory_object: string | null;
  };
  person_role: { person_id: string; role: string };
  person_unit: { person_id: string; unit_id: string };
  /** Of the queues, only whose they are. */
  queue: { id: string; unit_id: string | null };
  /** Of the boards, only whose they are. */
  board: { id: string; unit_id: string | null };
  /** `id` is the SHA-256 of the token that the browser holds: whoever reads the table cannot sign in with it. */
  session: {
    id: string;
    person_id: string;
    created_at: number;
    expires_at: number;
    browser: string | null;
    proven_at: number;
    ends_at: number;
    /** The person's `access_version` that the token was made for: when it is another, the next visit brings a new one. */
    rights_version: number;
    /** The session that took over, for the few seconds in which what is under way may still bring this one's token. */
    succeeded_by: string | null;
  };
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
  /** A television that an administrator approved. */
  screen: {
    id: string;
    room: string;
    board: string;
    token_hash: string | null;
    /** Raised when it is moved to another board, so that its open sockets notice. */
    access_version: number;
    paired_at: number;
    /** Moves on while the screen is used. */
    expires_at: number;
    identify_until: number | null;
    reload_asked_at: number | null;
    seen_at: number | null;
    frame_at: number | null;
    version: string | null;
    lag_ms: number | null;
  };
  /** A television that shows a code. */
  screen_pairing: {
    device_hash: string;
    code: string;
    network: string;
    browser: string;
    began_at: number;
    expires_at: number;
    room: string | null;
    board: string | null;
    /** The id of the administrator who typed the code; only they can type the digits. */
    approver: string | null;
    digits: string | null;
    match_until: number | null;
    /** Set when the digits were right. */
    screen_id: string | null;
  };
  unit: { id: string; name: string; position: number };
  audit: {
    position: number;
    at: number;
    act: string;
    actor: string;
    subject: string | null;
    about: string | null;
    content_hash: string;
    hash: string;
  };
  first_start: { id: 1; hash: string; expires_at: number; used_at: number | null };
  audit_head: { id: 1; position: number; hash: string };
  invitation: {
    id: string;
    person_id: string;
    hash: string;
    kind: 'invitation' | 'reset';
    made_by: string;
    created_at: number;
    expires_at: number;
    used_at: number | null;
  };
}
