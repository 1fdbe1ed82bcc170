/** The page's only style sheet. Colours of severities are those of the web page, with a word beside each. */
export const style = `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #586374; --line: #d7dde5; --ground: #fff; --raised: #f5f7fa;
  --critical: #8f1d2c; --high: #b4481c; --medium: #8a6a00; --low: #48606f; --unspecified: #68707b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf1; --soft: #9ba8b8; --line: #33404f; --ground: #131920; --raised: #1b232d;
  --critical: #ff8a98; --high: #ffa06e; --medium: #e6c34d; --low: #9fb8c8; --unspecified: #a6aeb8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
p { margin: .25rem 0; } .soft { color: var(--soft); } code { font: .9em ui-monospace, monospace; }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; padding: 0; list-style: none; }
.counts li { background: var(--raised); border: 1px solid var(--line); border-radius: .5rem; padding: .35rem .75rem; }
.counts b { font-size: 1.15rem; margin-right: .35rem; }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); }
.low { color: var(--low); } .unspecified { color: var(--unspecified); }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .93em; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; white-space: nowrap; } td.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number, td:first-child, td a { white-space: nowrap; overflow-wrap: normal; } .wide table { min-width: 38rem; } a { color: inherit; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .4rem 0; padding: .5rem .75rem; }
summary { cursor: pointer; } details[open] summary { margin-bottom: .5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; } dt { color: var(--soft); } dd { margin: 0; }
.note { background: var(--raised); border-left: 3px solid var(--medium); padding: .5rem .75rem; margin: .4rem 0; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
@media print { body { max-width: none; padding: 0; } details { break-inside: avoid; } }
`;
