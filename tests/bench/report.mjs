// Writes bench/RESULTS.md from bench/results.json: a table for each measurement, with machine, versions, date and
// command.

/** The benchmarks in the order of the report, with what each measures. */
export const kBenches = {
  start: 'Main thread until a script or module can record its first event, beside other trackers.',
  track: 'Main thread, storage and requests for one tracked click, beside other trackers.',
  durability: 'Events that arrive from pages that are left, closed or killed, beside another tracker.',
  render: 'From the text of a reply to product cards in the page, beside other renderers.',
  views: 'A scroll past many products: with nothing watching, with a bare IntersectionObserver, and with Vitrine.',
  wire: 'Requests and bytes of a walk through the demo shop, by service.',
  stream: "Events per second that the project's own server stores, with and without a stream.",
};

const numberOf = (value) =>
  Number.isInteger(value) || Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
const cellOf = (value) => (typeof value === 'number' ? numberOf(value) : String(value ?? '–').replaceAll('|', '\\|'));

/** Returns a table of Markdown for rows with the same members. */
const tableOf = (rows) => {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const isNumber = (name) => rows.some((row) => typeof row[name] === 'number');
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [
    line(names),
    `|${names.map((name) => (isNumber(name) ? '---:' : '---')).join('|')}|`,
    ...rows.map((row) => line(names.map((name) => cellOf(row[name])))),
  ].join('\n');
};

/**
 * Returns the text of bench/RESULTS.md.
 * @param {Record<string, any>} results the content of bench/results.json
 */
export const reportOf = (results) => {
  const parts = Object.entries(kBenches).flatMap(([name, what]) => {
    const result = results[name];
    if (!result) return [];
    const { machine, versions, date, command, tables } = result;
    const place = `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.os}`;
    const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
    return [
      `## ${name}`,
      what,
      `\`${command}\`, ${date}, ${place}. ${packages.join(', ')}.`,
      ...tables.flatMap((table) => [`### ${table.name}`, tableOf(table.rows)]),
    ];
  });
  const head = [
    'Written by `npm run bench` from [results.json](results.json); do not edit. Each section is one run with all of',
    'its rows: rows of one section can be compared, and rows of two sections cannot. Differences of a fifth are noise.',
  ];
  return `${['# Results of the benchmarks', head.join('\n'), ...parts].join('\n\n')}\n`;
};
