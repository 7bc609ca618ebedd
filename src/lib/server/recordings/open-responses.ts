/**
 * Responses that carry sound for as long as somebody listens. One that was allowed when it began may not be a minute
 * later: the agent has got another coach, has withdrawn the call, the session is over. So the question is asked again
 * while bytes go out, at the latest after a megabyte and before the second is two, and the answer no ends the response
 * where it is.
 */
export interface Watched {
  /** Whether whoever listens still may. What cannot be answered is a no. */
  stillMay(): Promise<boolean>;
  /** Ends the connection under the response, also one whose reader has stopped reading. */
  cut(): void;
  /** Called once, however it ended. */
  closed(): void;
}

/** Bytes that may go out on one answer, and how long it holds. */
const ASKED_EVERY_BYTES = 1_048_576;
const ASKED_EVERY_MS = 1_000;
/** A browser has at most a few connections to us: more at once for one person is somebody's script. */
const AT_ONCE = 8;

export interface OpenResponses {
  /** What goes out of `bytes`, for as long as it may. Nothing is read before somebody asks for it. */
  body(person: string, bytes: AsyncGenerator<Buffer, void, undefined>, watched: Watched): ReadableStream<Uint8Array>;
  /** How many there are. */
  count(): number;
  closeAll(): void;
}

interface Open {
  person: string;
  end(why: string): void;
}

export function openResponses(): OpenResponses {
  const open = new Set<Open>();

  return {
    body(person, bytes, watched) {
      const own = [...open].filter((each) => each.person === person);
      if (own.length >= AT_ONCE) own[0]!.end('another was opened');

      let [sinceAsked, askedAt, ended] = [0, performance.now(), false];
      let asking: Promise<boolean> | null = null;
      let refuse: (why: string) => void = () => undefined;

      /** One question at a time, whoever wants to know. */
      const ask = (): Promise<boolean> =>
        (asking ??= (async () => {
          const asked = performance.now();
          const yes = await watched.stillMay().catch(() => false);
          [sinceAsked, askedAt, asking] = [0, asked, null];
          if (!yes) self.end('no longer allowed');
          return yes;
        })());
      const timer = setInterval(() => void ask(), ASKED_EVERY_MS);
      timer.unref();

      const finish = (): boolean => {
        if (ended) return false;
        ended = true;
        clearInterval(timer);
        open.delete(self);
        // What is being read is let go of when it has come; nothing waits for it.
        void bytes
          .return()
          .catch(() => undefined)
          .finally(() => watched.closed());
        return true;
      };
      const self: Open = {
        person,
        end(why) {
          if (!finish()) return;
          refuse(why);
          watched.cut();
        }
      };
      open.add(self);

      return new ReadableStream<Uint8Array>(
        {
          start(controller) {
            refuse = (why) => controller.error(new Error(`The sound was ended: ${why}.`));
          },
          async pull(controller) {
            if (sinceAsked >= ASKED_EVERY_BYTES || performance.now() - askedAt > 2 * ASKED_EVERY_MS) {
              if (!(await ask())) return;
            }
            try {
              const { done, value } = await bytes.next();
              if (ended) return;
              if (done) {
                finish();
                controller.close();
                return;
              }
              sinceAsked += value.length;
              controller.enqueue(value);
            } catch {
              self.end('the file is not what it was');
            }
          },
          cancel: () => void finish()
        },
        { highWaterMark: 0 }
      );
    },
    count: () => open.size,
    closeAll: () => [...open].forEach((each) => each.end('we are closing'))
  };
}
