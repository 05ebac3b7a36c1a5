// Bare Node: fetches an address so many times, so many at a time, and prints its resident memory in bytes.
const [url, times, width] = process.argv.slice(2);
let left = Number(times);
const worker = async () => {
  while (left > 0) {
    left -= 1;
    await (await fetch(url)).json();
  }
};
await Promise.all(Array.from({ length: Number(width) }, worker));
process.stdout.write(String(process.memoryUsage.rss()), () => process.exit(0));
