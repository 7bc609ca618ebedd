import { listenerOf } from '../listener';
import type { RequestHandler } from './$types';

/** The call of a slot, for the two whose it is: ranges of it, never kept by anybody on the way. */
export const GET: RequestHandler = (event) => event.locals.app.sound.sound(event.request, listenerOf(event));
export const HEAD = GET;
