import { listenerOf } from '../listener';
import type { RequestHandler } from './$types';

/** How loud the call of a slot is along its way: what the player draws, and finds silences by. */
export const GET: RequestHandler = (event) => event.locals.app.sound.peaks(event.request, listenerOf(event));
export const HEAD = GET;
