import { printSchema } from 'graphql';
import { builder, denyByDefault } from './builder.ts';
// Each noun tells the builder about itself when it is loaded.
import './account.ts';
import './audit.ts';
import './agents.ts';
import './announcement.ts';
import './board-definition.ts';
import './api-tokens.ts';
import './coaching/commands.ts';
import './coaching/draft.ts';
import './coaching/insight.ts';
import './coaching/own-commands.ts';
import './coaching/participation.ts';
import './coaching/plan.ts';
import './coaching/round-changes.ts';
import './coaching/round-progress.ts';
import './coaching/rounds.ts';
import './coaching/rubric.ts';
import './coaching/talk-commands.ts';
import './date-time.ts';
import './exchanges.ts';
import './first-steps.ts';
import './names-by-state.ts';
import './opening-hours.ts';
import './people.ts';
import './people-file.ts';
import './pairing.ts';
import './queue.ts';
import './queue-settings.ts';
import './screen.ts';
import './strip.ts';
import './recordings.ts';
import './retention.ts';
import './tallies.ts';
import './viewer.ts';
import './wallboard.ts';

builder.queryType({ description: 'What can be read once.' });
builder.mutationType({ description: 'What can be done, by our own pages.' });
builder.subscriptionType({ description: 'What can be followed, over a socket with graphql-transport-ws.' });

export const schema = denyByDefault(builder.toSchema({ sortSchema: false }));

/** The schema as text, in the order in which it was written: what `schema/schema.graphql` holds. */
export function schemaText(): string {
  return `${printSchema(schema)}\n`;
}
