// What the npm packages ssf and numfmt show of pairs of format and value: node ask_node.mjs MODULES < pairs > answers
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const modules = process.argv[2];
const ssf = createRequire(`${modules}/`)(`${modules}/ssf`);
const numfmt = await import(pathToFileURL(`${modules}/numfmt/dist/index.mjs`));
const pairs = JSON.parse(readFileSync(0, "utf8"));
// ssf refuses signs that Excel takes without quotation marks
const quoted = (code) => code.replace(/"[^"]*"|\[[^\]]*\]|\\.|[£¥°▲▼–]/g, (part) => (part.length === 1 ? `"${part}"` : part));
const ask = (show) => pairs.map(([code, value]) => { try { return show(code, value); } catch (fault) { return `refused: ${fault}`; } });
console.log(JSON.stringify({ ssf: ask((code, value) => ssf.format(quoted(code), value)), numfmt: ask(numfmt.format) }));
