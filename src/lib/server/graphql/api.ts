import { admission } from './admission.ts';
import type { Identity, Services } from './context.ts';
import { graphqlOverHttp, type HandleGraphql } from './http.ts';
import { integratorsSchema } from './integrators-schema.ts';
import { schema } from './schema.ts';
import { createSockets, type Pace, type Sockets } from './socket.ts';

export interface ApiOptions {
  services: Services;
  identity: Identity;
  /** Where our pages come from, such as `https://board.example`; null takes any page of the same host. */
  origin: string | null;
  /** Lets every token introspect. */
  development: boolean;
  shutdownFast: boolean;
  pace?: Partial<Pace>;
}
export interface Api {
  handleGraphql: HandleGraphql;
  sockets: Sockets;
}

/** The whole of `/graphql`: one door for operations, by POST and by socket. */
export function createApi({ services, identity, origin, development, shutdownFast, pace }: ApiOptions): Api {
  const schemas = { own: schema, integrators: integratorsSchema };
  const admit = admission(schemas, { development });
  return {
    handleGraphql: graphqlOverHttp(schemas, services, admit),
    sockets: createSockets({ services, admit, identity, origin, shutdownFast, pace })
  };
}
