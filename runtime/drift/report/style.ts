/** The report's own style: it is one file, and follows the reader's light or dark. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--dim:#57606a;--paper:#fff;--line:#d0d7de;--ref:#8c959f;--cur:#0969da;--bad:#b42318;--warn:#8a5a00}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#9aa4ae;--paper:#0d1117;--line:#30363d;--ref:#8b949e;--cur:#58a6ff;--bad:#ff7b72;--warn:#e3b341}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.3rem}h2{font-size:1.05rem;margin:0 0 .3rem}section{border-top:1px solid var(--line);padding:1rem 0}
a{color:inherit}.answer{font-size:1.15rem;font-weight:600}.critical,.fail{color:var(--bad)}.warn{color:var(--warn)}
.level{font-size:.8rem;text-transform:uppercase;border:1px solid;border-radius:3px;padding:0 .3rem}
svg{width:100%;height:auto;display:block;margin:.4rem 0}svg text{font-size:10px;fill:var(--dim)}
rect.ref{fill:none;stroke:var(--ref)}rect.cur,circle.cur{fill:var(--cur)}circle.ref{fill:var(--ref)}
path{fill:none;stroke-width:1.5}path.cur{stroke:var(--cur)}path.ref{stroke:var(--ref)}path.ci{stroke-width:1;opacity:.5}.mark{stroke:var(--line);stroke-dasharray:4 3}
span.cur{color:var(--cur)}span.ref{color:var(--ref)}.none{color:var(--dim)}
table{border-collapse:collapse;font-size:.85rem;display:block;overflow-x:auto}td,th{text-align:left;padding:.15rem .8rem .15rem 0;vertical-align:top}
pre{white-space:pre-wrap;word-break:break-all;font-size:.75rem;max-height:20rem;overflow:auto;border:1px solid var(--line);padding:.5rem}
`.trim();
