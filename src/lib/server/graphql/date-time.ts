import { builder } from './builder.ts';
import { refusal } from './refusal.ts';

const isoDateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** Instants are milliseconds in the house and ISO 8601 at its door. A time without a zone is refused: it could be any of two hours. */
builder.scalarType('DateTime', {
  description:
    'An instant as ISO 8601 with a zone, such as 2027-03-01T08:15:00.000Z. Answers are always in UTC with milliseconds.',
  serialize: (instant) => new Date(instant).toISOString(),
  parseValue: (value) => {
    const instant = typeof value === 'string' && isoDateTime.test(value) ? Date.parse(value) : NaN;
    if (Number.isNaN(instant))
      throw refusal('BAD_REQUEST', 'A DateTime is written as 2027-03-01T08:15:00Z, with its zone');
    return instant;
  }
});
