// Papers by carbone: node carbone.js TEMPLATE NAMES.json COUNT OUT.docx; prints processor ms a paper, and the kilobytes
// that the process held at most. What it needs to know of a template it works out anew each time: it keeps nothing.
const fs = require("fs"), carbone = require("carbone");
const [template, names, count, out] = process.argv.slice(2);
const data = JSON.parse(fs.readFileSync(names));
const paper = () => new Promise((done, failed) =>
  carbone.render(`${process.cwd()}/${template}`, data, (fault, made) => (fault ? failed(fault) : done(made))));
(async () => {
  fs.writeFileSync(out, await paper());
  for (let n = 0; n < 10; n++) await paper();
  const start = process.cpuUsage();
  for (let n = 0; n < count; n++) await paper();
  const used = process.cpuUsage(start);
  console.log(JSON.stringify({ ms: [(used.user + used.system) / 1000 / count], peak: process.resourceUsage().maxRSS }));
})();
