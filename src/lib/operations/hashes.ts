/** Made by `npm run schema`: the SHA-256 of each operation's text, by which alone a browser asks for it. */
export const hashes = {
  Boards: 'db3c4233b262b212f6d12f3ead9798f37075f8a0352721c14614dac4d556e583',
  OwnSessions: '71a70afa7e8b205f8747f52a036a7060f211342f3cad5e3d29a94795a7e0b4a0',
  EndSession: 'a4c38f84ce47c8b065c54dc52e54458191e3d7c872c5b7e5c8da663f88ce7a52',
  EndOtherSessions: 'e5e37edf3c6ca444bbb0939ba876228e1e1ec92aae34820cd3075e3330a53ebe',
  Wallboard: '05e13acab1d408185b968e0c3ecf2cda0d4cfa913e7d02c48d716e5b8f411948',
  WallboardLive: '54ec1636e9b995c6c88dee8aefa888a3fe29b950bf9586ed7c6b14db70b567e5'
} as const;
