import { graphql } from './graphql.ts';

/** How we stand with the exchanges, and whether what happens is on the disk. */
export const exchangesDocument = graphql(`
  query Exchanges {
    exchanges {
      name
      status {
        state
        since
        provenAt
      }
      trouble
      drift
      gapRepairs
      reconnects
      bytes
      anomalies {
        code
        count
      }
      queues
    }
    logHealth {
      epoch
      offset
      saved
      unsaved
      oldestUnsavedAt
    }
  }
`);

export const firstStepsDocument = graphql(`
  query FirstSteps {
    firstSteps {
      step
      done
    }
  }
`);

export const endFirstStepsDocument = graphql(`
  mutation EndFirstSteps {
    endFirstSteps
  }
`);

export const apiTokensDocument = graphql(`
  query ApiTokens {
    apiTokens {
      id
      name
      scopes
      createdAt
      expiresAt
      lastUsedAt
    }
  }
`);

export const createApiTokenDocument = graphql(`
  mutation CreateApiToken($name: String!, $scopes: [Scope!]!, $days: Int!) {
    createApiToken(name: $name, scopes: $scopes, days: $days) {
      token
      expiresAt
      refusal
    }
  }
`);

export const revokeApiTokenDocument = graphql(`
  mutation RevokeApiToken($id: ID!) {
    revokeApiToken(id: $id)
  }
`);

export const retentionRulesDocument = graphql(`
  query RetentionRules {
    retentionRules {
      kept
      unit
      period
      least
      most
      decision
      decidedOn
      changedAt
    }
  }
`);

export const setRetentionRuleDocument = graphql(`
  mutation SetRetentionRule($kept: ID!, $period: Int, $decision: String!, $decidedOn: String) {
    setRetentionRule(kept: $kept, period: $period, decision: $decision, decidedOn: $decidedOn)
  }
`);
