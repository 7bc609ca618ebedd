import pino, { type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from './config.ts';

export type { Logger };

/**
 * JSON lines for machines. A log line holds codes, numbers and ids: never a name, an e-mail address, a telephone
 * number or what somebody wrote. What may hold one all the same, by mistake or in an error of a library, is cut out.
 */
const SECRET = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'email',
  'name',
  'caller',
  'agent',
  'number',
  'url',
  'parameters',
  'detail'
];

export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRET.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[cut]' },
    serializers: { err: errorFields, error: errorFields }
  };
  return destination ? pino(options, destination) : pino(options);
}

/** An error without the values that databases and parsers like to quote beside their message. */
function errorFields(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as Error & { code?: unknown };
  return { type: error.name, message: error.message, stack: error.stack, ...(code === undefined ? {} : { code }) };
}
