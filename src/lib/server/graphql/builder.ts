import SchemaBuilder from '@pothos/core';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import { may, type Acts, type PlainAct } from '../../domain/access.ts';
import type { QueueId } from '../../domain/telephony/event.ts';
import type { Instant } from '../../domain/time.ts';
import type { BoardFigures } from '../../domain/wallboard.ts';
import type { Context } from './context.ts';
import { refusal } from './refusal.ts';

/** What a field may ask about the one who asks. The answers come from the table in `domain/access.ts`. */
interface Scopes {
  /** May read this board. */
  board: string;
  /** May read counts of the past of these queues. */
  tallies: readonly QueueId[] | 'all';
  /** May read which queues there are. */
  queues: boolean;
  /** May read who they are themselves. */
  viewer: boolean;
  /** May say something on these boards, about these queues. */
  announce: Acts['write-announcement'];
  /** May change this board. */
  editBoard: Acts['edit-board'];
  /** May know who of this unit is free. */
  namesOf: string;
  /** May do this, of which nothing more needs to be said. */
  act: PlainAct;
  /** May do one of these: which of them it was decides what they see. */
  anyAct: readonly PlainAct[];
  /**
   * Was let in by a root field: the scope of every type below one. It is no permission by itself, and refuses whoever
   * got past the door without any.
   */
  insider: boolean;
}

export interface Types {
  Context: Context;
  AuthScopes: Scopes;
  DefaultFieldNullability: false;
  Interfaces: { BoardFigures: BoardFigures };
  Scalars: {
    DateTime: { Input: Instant; Output: Instant };
    ID: { Input: string; Output: string };
  };
}

export const builder = new SchemaBuilder<Types>({
  plugins: [ScopeAuthPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authScopes: ({ viewer, audience }) => ({
      board: (board) =>
        audience ? 'board' in audience && audience.board === board : may(viewer, 'read-board', { board }),
      tallies: (queues) => may(viewer, 'read-tallies', { queues }),
      queues: () => may(viewer, 'read-queues', {}),
      viewer: () => may(viewer, 'read-viewer', {}),
      announce: (places) => may(viewer, 'write-announcement', places),
      // A strip that is made for one person's windows was authorised when each of them was opened.
      editBoard: (board) => may(viewer, 'edit-board', board),
      namesOf: (unit) => !audience && may(viewer, 'read-names-by-state', { unit }),
      act: (act) =>
        audience
          ? ('person' in audience && (act === 'use-strip' || act === 'write-draft')) ||
            ('screen' in audience && act === 'be-screen')
          : may(viewer, act, {}),
      anyAct: (acts) => !audience && acts.some((act) => may(viewer, act, {})),
      insider: viewer !== null || audience !== undefined
    }),
    // A subscriber is let in before the first frame, not at it.
    authorizeOnSubscribe: true,
    runScopesOnType: true,
    // Asked and refused is answered as if the thing were not there: ids cannot be probed.
    unauthorizedError: () => refusal('NOT_FOUND', 'There is no such thing')
  }
});

/**
 * Throws when something can be read without anybody having said by whom: a field of a root type must state its scope
 * itself, every other type must state one for all its fields or have one on each. An interface is read through the
 * types that implement it. Run when the schema is made, so a forgotten scope stops the start, not an attacker.
 */
export function denyByDefault(schema: GraphQLSchema): GraphQLSchema {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const open: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || isInterfaceType(type)) continue;
    const root = roots.includes(type);
    if (!root && statesScope(type.extensions)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!statesScope(field.extensions)) open.push(`${type.name}.${field.name}`);
    }
  }
  if (open.length) throw new Error(`No scope is stated for ${open.join(', ')}: say in the schema who may read it.`);
  return schema;
}

function statesScope(extensions: Readonly<Record<string, unknown>>): boolean {
  const options = extensions.pothosOptions;
  if (typeof options !== 'object' || options === null || !('authScopes' in options)) return false;
  const { authScopes } = options;
  // An empty map asks for nothing, and would let everybody in.
  return (
    typeof authScopes === 'function' ||
    (typeof authScopes === 'object' && authScopes !== null && Object.keys(authScopes).length > 0)
  );
}
