/** The tables of people: who has an account, what they may, and by what they come in. */
export interface PersonTable {
  id: string;
  /** In lower case, so that unique means unique. */
  email: string;
  name: string;
  /** Null for those who only sign in elsewhere. */
  password_hash: string | null;
  created_at: number;
  disabled_at: number | null;
  /** Raised at every change of rights, so that open sockets notice. */
  access_version: number;
  /** When somebody else last made a way to a new password, and who: shown to the person for ever. */
  password_reset_at: number | null;
  password_reset_by: string | null;
  /** Who the person is in the organisation's directory (OpenID Connect): tenant and object, never the e-mail. */
  directory_tenant: string | null;
  directory_object: string | null;
}
export interface PersonRoleTable {
  person_id: string;
  role: string;
}
/** The units whose boards and queues are a person's own. */
export interface PersonUnitTable {
  person_id: string;
  unit_id: string;
}
/** `id` is the SHA-256, in hexadecimal, of the token that the browser holds. */
export interface SessionTable {
  id: string;
  person_id: string;
  created_at: number;
  /** Moves on while the session is used; it never passes `ends_at`. */
  expires_at: number;
  /** The browser and system in a few words, as the person recognises them. */
  browser: string | null;
  /** When the password (or the directory) last proved that it is the person. */
  proven_at: number;
  ends_at: number;
  /** The person's `access_version` that the token was made for: when it is another, the next visit brings a new one. */
  rights_version: number;
  /** The session that took over, for the few seconds in which what is under way may still bring this one's token. */
  succeeded_by: string | null;
}
export interface ApiTokenTable {
  id: string;
  name: string;
  /** SHA-256 of the token, in hexadecimal. */
  hash: string;
  /** Separated by spaces. */
  scopes: string;
  created_at: number;
  expires_at: number;
  last_used_at: number | null;
}
