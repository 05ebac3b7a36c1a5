/** Sizes in pixels; a column is as wide as a character of the font at its size. */
const FONT = 13;
const COLUMN = 7.8;
const LINE = 20;
const GAP = 8;
const MARGIN = 20;
const BAR = 28;

/** GitHub shows an SVG as an image, which follows the reader's light or dark setting. */
const STYLE = `
  text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
  text { font-size: ${FONT}px; fill: #1f2328; }
  .window { fill: #ffffff; stroke: #d0d7de; }
  .button { fill: #d0d7de; }
  .quiet { fill: #59636e; }
  .mark { fill: #1a7f37; }
  .tool { fill: #0550ae; }
  .title { font-weight: 600; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .window { fill: #0d1117; stroke: #3d444d; }
    .button { fill: #3d444d; }
    .quiet { fill: #9198a1; }
    .mark { fill: #3fb950; }
    .tool { fill: #79c0ff; }
  }
`;

/** Lines of plain text as a picture of a terminal; the same lines make the same SVG. */
export function terminal(title, lines) {
  const columns = Math.max(...lines.map((line) => line.length));
  const width = Math.ceil(columns * COLUMN) + 2 * MARGIN;
  let height = BAR;
  const rows = lines.map((line) => {
    height += LINE + gapBefore(line);
    return { baseline: height, parts: partsOf(line) };
  });
  height += MARGIN;
  const buttons = [0, 1, 2].map((n) => `<circle class="button" cx="${MARGIN + 6 + n * 18}" cy="${BAR / 2}" r="5"/>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="window" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    buttons.join(''),
    ...rows.flatMap(({ parts, baseline }) => parts.map((part) => text(part, baseline))),
    '</svg>\n',
  ].join('\n');
}

/** Each step of the demo starts with its mark. */
const gapBefore = (line) => (line.startsWith('✓') ? GAP : 0);

/** A line in parts of one class each: `{ kind, column, text }`. */
function partsOf(line) {
  const kinds = [
    [/^(\$) (.*)$/, ['quiet', 'title']],
    [/^(✓) (.*)$/, ['mark', 'title']],
    [/^ {4}([a-z]+_[a-z_]+|search)([:,].*)$/, ['tool', undefined]],
    [/^ {6}(.*)$/, ['quiet']],
    [/^(\S.*)$/, ['title']],
    [/^ *(.*)$/, [undefined]],
  ];
  const [pattern, names] = kinds.find(([candidate]) => candidate.test(line));
  const found = line.match(pattern).slice(1);
  let column = 0;
  return found.filter(Boolean).map((part, index) => {
    const at = line.indexOf(part, column);
    column = at + part.length;
    return { kind: names[index], column: at, text: part };
  });
}

/** `textLength` keeps the columns in line where the reader's font is wider or narrower. */
function text({ kind, column, text: content }, y) {
  const place = `x="${(MARGIN + column * COLUMN).toFixed(1)}" y="${y}" textLength="${(content.length * COLUMN).toFixed(1)}"`;
  return `<text ${place}${kind ? ` class="${kind}"` : ''} xml:space="preserve">${escaped(content)}</text>`;
}

const escaped = (content) => content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
