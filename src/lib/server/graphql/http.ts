import { createYoga, type Plugin } from 'graphql-yoga';
import type { DocumentNode } from 'graphql';
import type { Viewer } from '../../domain/access.ts';
import type { Admission, Schemas } from './admission.ts';
import type { Services } from './context.ts';
import { masked, refusal } from './refusal.ts';

/** Bytes of a request's body: an operation, its variables, and room for the longest text a person writes. */
const largestBody = 65_536;

interface Asking {
  viewer: Viewer;
  address?: string;
  /** What was admitted: set by the plugin below, so that nothing is parsed or validated twice. */
  admitted?: DocumentNode;
}

/** Serves `/graphql` by POST. The caller has found out who asks, by cookie or token; null is a stranger. */
export type HandleGraphql = (
  request: Request,
  asking: { viewer: Viewer | null; address?: string }
) => Promise<Response>;

export function graphqlOverHttp(schemas: Schemas, services: Services, admit: Admission): HandleGraphql {
  const throughOneDoor: Plugin<Asking> = {
    onParams({ params, setParams, setResult, context }) {
      const asking = context as unknown as Asking;
      const admitted = admit(params, asking.viewer);
      if (!('document' in admitted)) return setResult({ errors: admitted });
      if (admitted.operation.operation === 'subscription') {
        return setResult({ errors: [refusal('SOCKET_ONLY', 'Follow over a socket with graphql-transport-ws')] });
      }
      asking.admitted = admitted.document;
      // Yoga wants a text; what it stands for is there already.
      setParams({ ...params, query: params.query || 'admitted' });
    },
    onParse({ context, setParsedDocument }) {
      const { admitted } = context as unknown as Asking;
      if (!admitted) throw refusal('BAD_REQUEST', 'The operation was not admitted');
      setParsedDocument(admitted);
    },
    onValidate({ setResult }) {
      setResult([]);
    }
  };

  const yoga = createYoga<Asking, Services>({
    schema: ({ viewer }) => (viewer.kind === 'integrator' ? schemas.integrators : schemas.own),
    graphqlEndpoint: '/graphql',
    // SvelteKit looks at the class of what it is given back.
    fetchAPI: { Response },
    context: services,
    plugins: [throughOneDoor],
    maskedErrors: { maskError: (error) => masked(error, services.log) },
    maxRequestBodySize: largestBody,
    parserAndValidationCache: false,
    batching: false,
    multipart: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    // Our own log has noted what was masked, without what the request carried.
    logging: false
  });

  return async (request, { viewer, address }) => {
    if (request.method !== 'POST') return answer(405, 'BAD_REQUEST', 'POST application/json', { allow: 'POST' });
    if (!isJson(request.headers.get('content-type'))) return answer(415, 'BAD_REQUEST', 'POST application/json');
    if (viewer === null) return answer(401, 'SIGN_IN', 'Sign in, or send a token');
    // A foreign page can make a browser send our cookie, but not a header of its own without our permission.
    if (viewer.kind !== 'integrator' && request.headers.get('x-stamgaffel') !== '1') {
      return answer(403, 'BAD_REQUEST', 'A request that relies on the cookie needs the header x-stamgaffel: 1');
    }
    const response = await yoga.fetch(request, { viewer, address });
    response.headers.set('cache-control', 'no-store');
    return response;
  };
}

function isJson(contentType: string | null): boolean {
  return contentType !== null && contentType.split(';', 1)[0]?.trim() === 'application/json';
}

function answer(status: number, code: Parameters<typeof refusal>[0], message: string, headers?: HeadersInit): Response {
  const body = { errors: [{ message, extensions: { code } }] };
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}
