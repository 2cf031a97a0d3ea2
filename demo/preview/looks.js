/**
 * Looks to begin with, after the kinds of look that shop themes have. Each sets colours, corners and distances, and
 * whether it is light or dark. None has a pair of colours with too little contrast, as
 * tests/browser/studio_looks.test.mjs checks.
 */

const look = (name, note, scheme, [text, muted, card, page, media, line], accents, shape) => ({
  name,
  note,
  scheme,
  tokens: {
    '--vitrine-text': text,
    '--vitrine-muted': muted,
    '--vitrine-card': card,
    '--vitrine-page': page,
    '--vitrine-media': media,
    '--vitrine-line': line,
    '--vitrine-accent': accents[0],
    '--vitrine-on-accent': accents[1],
    '--vitrine-sale': accents[2],
    '--vitrine-on-sale': accents[3],
    '--vitrine-star': accents[4],
    '--vitrine-radius': shape[0],
    '--vitrine-gap': shape[1],
  },
});

export const looks = {
  gallery: look(
    'Gallery',
    'Black on white, no corners, as fashion shops have',
    'light',
    ['#121212', '#5c5c5c', '#ffffff', '#ffffff', '#f3f3f3', '#e0e0e0'],
    ['#121212', '#ffffff', '#a31515', '#ffffff', '#6b5200'],
    ['0rem', '1.25rem'],
  ),
  market: look(
    'Market',
    'Blue buttons on light grey, as electronics shops have',
    'light',
    ['#1a2433', '#566273', '#ffffff', '#f2f5f9', '#f6f8fb', '#d8dfe8'],
    ['#1257b8', '#ffffff', '#b4231a', '#ffffff', '#8a5200'],
    ['0.375rem', '0.875rem'],
  ),
  garden: look(
    'Garden',
    'Green on warm white, as food and home shops have',
    'light',
    ['#22301f', '#596454', '#fffefa', '#f5f3ea', '#eceadd', '#dcd8c8'],
    ['#2c6140', '#ffffff', '#a3341b', '#ffffff', '#7d5400'],
    ['1rem', '1.125rem'],
  ),
  boutique: look(
    'Boutique',
    'Plum and rose, round, as beauty shops have',
    'light',
    ['#33212c', '#6f5a66', '#fffafc', '#fbeff4', '#f6e4ec', '#ecd3de'],
    ['#8a2258', '#ffffff', '#b01e3f', '#ffffff', '#8a4b12'],
    ['1.5rem', '1rem'],
  ),
  workshop: look(
    'Workshop',
    'Orange and slate, narrow, as tool and sport shops have',
    'light',
    ['#20262c', '#555e66', '#ffffff', '#edeff1', '#f1f3f4', '#ccd2d7'],
    ['#a8450a', '#ffffff', '#b01212', '#ffffff', '#855000'],
    ['0.125rem', '0.5rem'],
  ),
  nursery: look(
    'Nursery',
    'Soft turquoise and large corners, as shops for children have',
    'light',
    ['#203540', '#54666f', '#ffffff', '#eaf6f6', '#e3f1f2', '#cde3e4'],
    ['#0b6a72', '#ffffff', '#b52a55', '#ffffff', '#80560a'],
    ['2rem', '1.25rem'],
  ),
  night: look(
    'Night',
    'White on black, as shops for games and sound have',
    'dark',
    ['#f2f3f5', '#a7adb8', '#17191f', '#0c0d11', '#20232b', '#31353f'],
    ['#8fa8ff', '#0c1124', '#ff8f85', '#2c0804', '#f1b955'],
    ['0.75rem', '1rem'],
  ),
  cellar: look(
    'Cellar',
    'Gold on dark brown, as wine and watch shops have',
    'dark',
    ['#f3ece2', '#b9ab98', '#241d18', '#17120f', '#2f2620', '#45382e'],
    ['#e0b567', '#241805', '#ff9a7d', '#2e0c02', '#e7b765'],
    ['0.25rem', '1.25rem'],
  ),
  harbour: look(
    'Harbour',
    'Sea green on dark blue, as travel and outdoor shops have',
    'dark',
    ['#e8f1f5', '#9db2bf', '#122733', '#0b1a23', '#183442', '#264656'],
    ['#6fd6c5', '#04231e', '#ff9e92', '#2d0805', '#f0bd62'],
    ['1rem', '1rem'],
  ),
  ink: look(
    'Ink',
    'Grey on charcoal without corners, as bookshops have',
    'dark',
    ['#ececec', '#adadad', '#222222', '#181818', '#2c2c2c', '#414141'],
    ['#e6e6e6', '#1a1a1a', '#ff9f8f', '#2b0904', '#e8b860'],
    ['0rem', '0.75rem'],
  ),
};

/** Returns the settings that a look brings: its scheme and tokens, and '' for every other token that is set. */
export function settingsOf({ scheme, tokens }, settings) {
  const cleared = Object.fromEntries(
    Object.keys(settings)
      .filter((name) => name.startsWith('--vitrine-'))
      .map((name) => [name, '']),
  );
  return { ...cleared, ...tokens, scheme };
}
