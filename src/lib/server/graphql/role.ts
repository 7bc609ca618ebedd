import type { Role } from '../../domain/access.ts';
import type { PersonRole } from '../../domain/person.ts';
import { builder } from './builder.ts';

export const role = builder.enumType('Role', {
  description: 'What one is here. A person may be several; a token is an integrator and a paired television a screen.',
  values: {
    AGENT: { value: 'agent' },
    COACH: { value: 'coach' },
    LEADER: { value: 'leader' },
    METHOD_LEAD: { value: 'method-lead' },
    ADMINISTRATOR: { value: 'administrator' },
    INTEGRATOR: { value: 'integrator' },
    SCREEN: { value: 'screen' }
  } satisfies Record<string, { value: Role }>
});

export const personRole = builder.enumType('PersonRole', {
  description: 'What a person can be here.',
  values: {
    AGENT: { value: 'agent' },
    COACH: { value: 'coach' },
    LEADER: { value: 'leader' },
    METHOD_LEAD: { value: 'method-lead' },
    ADMINISTRATOR: { value: 'administrator' }
  } satisfies Record<string, { value: PersonRole }>
});
