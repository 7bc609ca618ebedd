import type { IncomingMessage } from 'node:http';
import type { Viewer } from '$lib/domain/access';
import type { App as StamgaffelApp } from '$lib/server/app';

declare global {
  namespace App {
    interface Locals {
      /** The running application; there is none while pages are prerendered. */
      app: StamgaffelApp;
      /** Who asks; null for a stranger. */
      viewer: Viewer | null;
    }
    /** What the production server adds; in development there is none. */
    interface Platform {
      req: IncomingMessage;
    }
  }
}
