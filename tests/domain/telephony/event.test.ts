import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { exampleEvents } from '../../support/example-events.ts';

const told = readFileSync(new URL('../../../schema/events.md', import.meta.url), 'utf8');
const sections = told.split(/^### /m).slice(1);

it('schema/events.md tells every kind of event, and no other', () => {
  expect(sections.map((section) => section.slice(0, section.indexOf('\n'))).toSorted()).toEqual(
    Object.keys(exampleEvents).toSorted()
  );
});

it.each(Object.entries(exampleEvents))('%s is told with its fields and an example', (kind, event) => {
  const section = sections.find((each) => each.startsWith(`${kind}\n`))!;
  const example = /```json\n([^]+?)```/.exec(section)?.[1];
  expect(JSON.parse(example ?? 'null')).toEqual(event);
  const prose = section.slice(0, section.indexOf('```json'));
  expect(prose.length).toBeGreaterThan(kind.length + 20);
  const needless = ['kind', 'entry', 'agent', 'queue', 'call', 'ring'];
  for (const field of Object.keys(event)) if (!needless.includes(field)) expect(prose).toContain(`\`${field}\``);
});

it('its examples hold neither names nor telephone numbers', () => {
  expect(told).not.toMatch(/PJSIP|SIP\/|\+46|\b031[- ]/);
});
