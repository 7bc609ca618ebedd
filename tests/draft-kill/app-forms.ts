/** In the place of SvelteKit's: the page of this test signs in by its address. */
export const deserialize = (text: string): unknown => JSON.parse(text);
