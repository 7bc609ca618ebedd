import { graphql } from './graphql.ts';

/** The telephones there are, and those who can have one. */
export const agentsDocument = graphql(`
  query Agents {
    agentMembers {
      source
      key
      queues {
        id
        name
      }
      person {
        id
        name
      }
    }
    agentPeople {
      id
      name
    }
  }
`);

export const tieAgentDocument = graphql(`
  mutation TieAgent($source: String!, $key: String!, $person: ID!) {
    tieAgent(source: $source, key: $key, person: $person)
  }
`);

export const untieAgentDocument = graphql(`
  mutation UntieAgent($source: String!, $key: String!) {
    untieAgent(source: $source, key: $key)
  }
`);

/** Who of a leader's own unit is free. An operation of its own: no board carries it. */
export const namesByStateDocument = graphql(`
  query NamesByState($unit: ID!) {
    namesByState(unit: $unit) {
      asOf
      known
      available
      talking
      notAvailable
    }
  }
`);
