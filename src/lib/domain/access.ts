/** Who asks. A person by their session, an integrator by a token, a screen by its pairing. */
export type Viewer =
  | { kind: 'person'; personId: string; sessionId: string; name: string; roles: readonly Role[] }
  | { kind: 'integrator'; tokenId: string; scopes: readonly Scope[] }
  | { kind: 'screen'; screenId: string; board: string };
export type Role = 'agent' | 'coach' | 'leader' | 'method-lead' | 'administrator' | 'integrator' | 'screen';
export type Scope = 'boards:read' | 'tallies:read' | 'announcements:write' | 'schema:read';
