interface LogFormat {
  readonly name: string;
  /** What to do with such a file. */
  readonly advice: string;
}

const firstLines = (text: string): string[] =>
  text
    .slice(0, 5000)
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter(Boolean);

const ONE_CLIP = 'It names no clip. Write its rows with annotate_asset on that clip, e.g. items ["10:12:04:00 Goal"].';

/** Column headers that only one program writes. */
const BY_HEADERS: readonly { readonly headers: readonly string[]; readonly format: LogFormat }[] = [
  {
    headers: ['record in', 'record out', 'source in', 'source out'],
    format: {
      name: 'an edit index or marker list of DaVinci Resolve',
      advice:
        'Its times are those of a timeline. Give a table with the file name, the in and out of the source, and a note.',
    },
  },
];

/** Files of other programs that people take for log sheets, by how they begin. */
const BY_BEGINNING: readonly { readonly begins: (lines: readonly string[]) => boolean; readonly format: LogFormat }[] =
  [
    {
      begins: ([first = '', ...rest]) =>
        /^Heading$/i.test(first) || (/^FIELD_DELIM\b/i.test(first) && rest.some((line) => /^Column$/i.test(line))),
      format: {
        name: 'an Avid Log Exchange file (ALE)',
        advice:
          'Give its table alone: the line below Column, then the lines below Data. Say which column is the file, e.g. columns {"file": "Name"}.',
      },
    },
    {
      begins: ([first = '']) => /^<(\?xml|!DOCTYPE|fcpxml|xmeml)/i.test(first),
      format: { name: 'an XML file other than FCPXML', advice: ONE_CLIP },
    },
    {
      begins: ([first = '']) => /^[[{]\s*($|["{[])/.test(first),
      format: { name: 'JSON', advice: 'Give a table: a line of headers, then a line for each row.' },
    },
  ];

/** The format of a text that is no log sheet but the file of an editing program; undefined for anything else. */
export const formatByBeginning = (text: string): LogFormat | undefined => {
  const lines = firstLines(text);
  return BY_BEGINNING.find(({ begins }) => begins(lines))?.format;
};

/** The format that these column headers belong to. */
export const formatByHeaders = (headers: readonly string[]): LogFormat | undefined => {
  const known = new Set(headers.map((header) => header.trim().toLowerCase()));
  return BY_HEADERS.find((one) => one.headers.every((header) => known.has(header)))?.format;
};
