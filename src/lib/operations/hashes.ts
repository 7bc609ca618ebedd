/** Made by `npm run schema`: the SHA-256 of each operation's text, by which alone a browser asks for it. */
export const hashes = {
  Boards: 'db3c4233b262b212f6d12f3ead9798f37075f8a0352721c14614dac4d556e583',
  Wallboard: '05e13acab1d408185b968e0c3ecf2cda0d4cfa913e7d02c48d716e5b8f411948',
  WallboardLive: '54ec1636e9b995c6c88dee8aefa888a3fe29b950bf9586ed7c6b14db70b567e5'
} as const;
