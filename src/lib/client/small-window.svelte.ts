import { mount, unmount, type Component } from 'svelte';

interface PictureInPicture {
  requestWindow(options: { width: number; height: number }): Promise<Window>;
}
const pictureInPicture = (): PictureInPicture | undefined =>
  (globalThis as unknown as { documentPictureInPicture?: PictureInPicture }).documentPictureInPicture;

/**
 * The small window that stays over all others where the browser has such a thing, else an ordinary narrow one. `url` is
 * what the ordinary one opens; the other is drawn into, with the very values that the page holds.
 */
export class SmallWindow {
  open: boolean = $state(false);
  #close = () => {};

  async show<Props extends Record<string, unknown>>(view: Component<Props>, props: Props, url: string): Promise<void> {
    const own = pictureInPicture();
    if (!own) {
      window.open(url, 'stamgaffel-strip', 'popup,width=360,height=560');
      return;
    }
    const small = await own.requestWindow({ width: 420, height: 260 });
    for (const sheet of document.querySelectorAll('link[rel="stylesheet"], style'))
      small.document.head.append(sheet.cloneNode(true));
    const { lang, dataset } = document.documentElement;
    small.document.documentElement.lang = lang;
    if (dataset.theme) small.document.documentElement.dataset.theme = dataset.theme;
    small.document.title = document.title;
    const drawn = mount(view, { target: small.document.body, props });
    this.open = true;
    this.#close = () => small.close();
    small.addEventListener('pagehide', () => {
      this.open = false;
      this.#close = () => {};
      void unmount(drawn);
    });
  }

  close(): void {
    this.#close();
  }
}
