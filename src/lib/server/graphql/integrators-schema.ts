/**
 * The schema that an integrator's token is carried out with: built apart, out of the root fields that some token may ask
 * for. What is not named here is not refused but absent, also to introspection: other people's programs have no errand in
 * coaching, and nobody should have to trust that a field refuses them.
 */
import { GraphQLObjectType, GraphQLSchema, printSchema } from 'graphql';
import { schema } from './schema.ts';

const FOR_INTEGRATORS = {
  query: ['announcements', 'boards', 'queues', 'tallies', 'viewer', 'wallboard'],
  mutation: ['postAnnouncement', 'takeDownAnnouncement'],
  subscription: ['wallboard']
} as const;

function only(root: GraphQLObjectType | null | undefined, names: readonly string[]): GraphQLObjectType {
  if (!root) throw new Error('The schema has no such root');
  const config = root.toConfig();
  const fields = Object.fromEntries(
    names.map((name) => {
      const field = config.fields[name];
      if (!field) throw new Error(`${root.name} has no field ${name} for integrators`);
      return [name, field];
    })
  );
  return new GraphQLObjectType({ ...config, fields });
}

/** Types come along only where a field leads to them. */
export const integratorsSchema = new GraphQLSchema({
  query: only(schema.getQueryType(), FOR_INTEGRATORS.query),
  mutation: only(schema.getMutationType(), FOR_INTEGRATORS.mutation),
  subscription: only(schema.getSubscriptionType(), FOR_INTEGRATORS.subscription)
});

/** As text: what `schema/integrators.graphql` holds. */
export function integratorsSchemaText(): string {
  return `${printSchema(integratorsSchema)}\n`;
}
