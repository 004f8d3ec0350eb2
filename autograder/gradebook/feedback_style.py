"""The looks of a feedback page, in both themes, with enough contrast for letters (4.5:1) in each."""

from ..course import formulas

STYLE = (
    formulas.STYLE
    + """
:root { color-scheme: light dark; --back: #fff; --text: #1b1b1b; --soft: #595959; --line: #ccc; --card: #f5f6f8; --link: #0b57a4; --good: #0b57a4;
  --bad: #b34700; --key: #0a6b0a; --name: #0b57a4; --str: #a31515; --num: #067006; --com: #2f6b6b; }
@media (prefers-color-scheme: dark) { :root { --back: #151515; --text: #e8e8e8; --soft: #b0b0b0; --line: #4a4a4a; --card: #202226; --link: #8ab4f8;
  --good: #8ab4f8; --bad: #ff9d5c; --key: #7bc97f; --name: #8ab4f8; --str: #f0a58f; --num: #7bc97f; --com: #7fb3b3; } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 50rem; padding: 1rem; font: 1rem/1.55 system-ui, sans-serif; background: var(--back); color: var(--text); overflow-wrap: anywhere }
a[href] { color: var(--link) }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .2rem 0 } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem }
h3, h4, h5, h6 { font-size: 1.05rem; margin: 1.2rem 0 .3rem }
code, pre, kbd { font-family: ui-monospace, monospace; font-size: .92em }
pre { margin: .4rem 0; padding: .5rem .7rem; background: var(--card); border-radius: 4px; white-space: pre-wrap }
.who, .asks, .soft { color: var(--soft); margin: .1rem 0 }
.score { font-size: 2rem; font-weight: 650; margin: .8rem 0 0; line-height: 1.2 }
.bar { height: .5rem; border-radius: .25rem; background: var(--line); margin: .4rem 0 .6rem; overflow: hidden } .bar > div { height: 100%; background: var(--good) }
.next { border: 1px solid var(--line); border-radius: 6px; padding: .2rem 1rem .6rem; margin: 1.2rem 0 } .next h2 { margin: .6rem 0 .2rem } .next ol, .next ul { margin: .2rem 0; padding-left: 1.3rem }
.exercises { list-style: none; margin: 0; padding: 0 } .exercises > li { border-top: 1px solid var(--line); padding: .6rem 0 } .exercises p { margin: .15rem 0 }
.row { display: flex; gap: .6rem; align-items: baseline } .row > :nth-child(2) { flex: 1; min-width: 0 } .row > :last-child { white-space: nowrap; font-variant-numeric: tabular-nums }
.mark { width: 1.2em; font-weight: 700 } .right .mark { color: var(--good) } .wrong .mark, .partly .mark { color: var(--bad) } .exercises > li > :not(.row) { margin-left: 1.8em }
.teacher { border-left: 4px solid var(--good); padding: .2rem .8rem; margin: .5rem 0; white-space: pre-wrap } .warn { border-left: 4px solid var(--bad); padding: .2rem .8rem; margin: .8rem 0 }
.cell { margin: .7rem 0 } .text img, .out img { max-width: 100%; height: auto } .out img { background: #fff } .out pre { background: none; border-left: 3px solid var(--line); border-radius: 0 }
.text table { border-collapse: collapse; display: block; overflow-x: auto } .text th, .text td { border: 1px solid var(--line); padding: .2rem .6rem }
.text blockquote { margin: .5rem 0; padding: 0 1rem; border-left: 3px solid var(--line) } .text hr { border: 0; border-top: 1px solid var(--line) }
th, td { overflow-wrap: normal }
.panel { background: var(--card); border-radius: 4px; padding: .2rem .4rem; scroll-margin-top: 1rem } .panel table { display: block; overflow-x: auto }
.k, .kn, .kc { color: var(--key) } .s { color: var(--str) } .m { color: var(--num) } .c { color: var(--com) } .n { color: var(--name) }
.away { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .5rem; color: var(--soft); font-size: .9rem }
@media print { .next { break-inside: avoid } }
"""
)
