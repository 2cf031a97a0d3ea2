// The style sheet of the overlay, for its shadow root alone. Nothing of the page's own style gets in, except what is
// inherited, which `:host` sets back.

export const STYLE = `
:host {
  all: initial; color-scheme: light dark;
  --paper: #ffffff; --ink: #1c2128; --dim: #57606a; --line: #d0d7de; --soft: #f3f5f7; --accent: #0b5cad;
  --good: #116329; --good-soft: #dcf5e3; --warn: #7a4a00; --warn-soft: #fff1cf; --bad: #a40e26; --bad-soft: #ffe5e7;
  --info: #33475c; --info-soft: #e6ecf2;
}
@media (prefers-color-scheme: dark) {
  :host {
    --paper: #14181d; --ink: #e6e9ed; --dim: #a3adb8; --line: #37404a; --soft: #1d232a; --accent: #79b8ff;
  --good: #7ee2a0; --good-soft: #12351f; --warn: #f5c869; --warn-soft: #3a2c0a; --bad: #ff9da6;
  --bad-soft: #45171c;
    --info: #c2cfdb; --info-soft: #27313b;
  }
}
* { box-sizing: border-box; }
.root { font: 13px/1.5 system-ui, sans-serif; color: var(--ink); text-align: left; }
.layer, .root { position: fixed; z-index: 2147483647; }
.layer { inset: 0; overflow: hidden; pointer-events: none; z-index: 2147483646; }
button, select, input { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
.pill {
  position: fixed; right: 12px; bottom: 12px; display: flex; gap: 8px; align-items: center; padding: 7px 14px;
  border: 1px solid var(--line); border-radius: 20px; background: var(--paper); color: var(--ink); font-weight: 600;
  box-shadow: 0 2px 10px rgb(0 0 0 / 0.25);
}
.pill::before { content: ''; width: 8px; height: 8px; border-radius: 50%; background: var(--good); }
.pill.bad::before { background: var(--bad); }
.badge { min-width: 20px; padding: 0 6px; border-radius: 10px; background: var(--bad-soft); color: var(--bad); }
.panel {
  position: fixed; top: 12px; bottom: 12px; width: min(600px, calc(100vw - 24px)); display: flex;
  flex-direction: column;
  border: 1px solid var(--line); border-radius: 10px; background: var(--paper); overflow: hidden;
  box-shadow: 0 8px 40px rgb(0 0 0 / 0.3);
}
.right { right: 12px; }
.left { left: 12px; }
header { display: flex; align-items: center; gap: 4px; padding: 6px 6px 0 14px; }
h1 { margin: 0; font-size: 15px; }
h2 { margin: 20px 0 6px; font-size: 14px; }
h3 { margin: 0 0 2px; font-size: 13px; }
p { margin: 0 0 6px; }
.space { flex: 1; }
.chooser { margin-left: 12px; color: var(--dim); }
select {
  padding: 3px 6px; border: 1px solid var(--line); border-radius: 6px; background: var(--paper);
  max-width: 180px;
}
.icon { min-width: 34px; height: 34px; border: 0; border-radius: 6px; background: none; font-size: 15px; }
.icon:hover, .tabs button:hover, .head:hover { background: var(--soft); }
.tabs {
  position: relative;
  display: flex; flex: none; overflow-x: auto; padding: 2px 8px 0; border-bottom: 1px solid var(--line);
  scrollbar-width: none;
}
.tabs button {
  flex: none; padding: 7px 8px; border: 0; border-bottom: 2px solid transparent; background: none;
  color: var(--dim);
}
.tabs [aria-selected='true'] { border-color: var(--accent); color: var(--ink); font-weight: 600; }
.view { flex: 1; overflow: auto; padding: 12px 14px 20px; overscroll-behavior: contain; }
.fault { margin: 0; padding: 8px 14px; background: var(--bad-soft); color: var(--bad); }
.health { font-weight: 600; }
.dim, .note { color: var(--dim); }
.good { color: var(--good); }
.id { user-select: all; -webkit-user-select: all; }
code, pre { font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.box { margin-top: 8px; }
pre {
  margin: 2px 0 0; padding: 8px 10px; max-height: 320px; overflow: auto; white-space: pre-wrap; border-radius: 6px;
  background: var(--soft);
}
dl { display: grid; grid-template-columns: 92px 1fr; gap: 4px 10px; margin: 0; }
dt { color: var(--dim); }
dd { margin: 0; min-width: 0; }
dl + .note { margin-top: 6px; }
dd .note { margin: 0; }
ul, ol { margin: 0; padding: 0; list-style: none; }
.card, .problem { padding: 8px 10px; margin: 0 0 8px; border: 1px solid var(--line); border-radius: 8px; }
.card p:last-child, .problem p:last-child { margin: 0; }
.problem.bad { background: var(--bad-soft); border-color: transparent; }
.problem.warn { background: var(--warn-soft); border-color: transparent; }
.problem.info { background: var(--info-soft); border-color: transparent; }
.problem.bad h3 { color: var(--bad); }
.problem.warn h3 { color: var(--warn); }
.line, .head { display: flex; gap: 8px; align-items: baseline; }
.head {
  width: 100%; padding: 6px 4px; border: 0; border-bottom: 1px solid var(--line); background: none;
  text-align: left;
}
.what { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; }
.head .what { white-space: nowrap; }
.when { flex: none; color: var(--dim); font-variant-numeric: tabular-nums; }
.body { padding: 8px 4px 14px; border-bottom: 1px solid var(--line); }
.steps li { display: flex; gap: 10px; padding: 2px 0; }
.why { padding: 6px 10px; border-radius: 6px; background: var(--info-soft); }
.why.bad { background: var(--bad-soft); }
.why.warn { background: var(--warn-soft); }
.tag {
  flex: none; padding: 0 7px; border-radius: 9px; background: var(--info-soft); color: var(--info);
  white-space: nowrap;
}
.tag.good { background: var(--good-soft); color: var(--good); }
.tag.warn { background: var(--warn-soft); color: var(--warn); }
.tag.bad { background: var(--bad-soft); color: var(--bad); }
.bar { display: flex; flex-wrap: wrap; gap: 6px 14px; align-items: center; margin-bottom: 8px; }
.switch { display: flex; align-items: center; gap: 4px; }
.more { margin-top: 8px; }
.act {
  margin-top: 6px; padding: 6px 14px; border: 1px solid var(--line); border-radius: 6px;
  background: var(--paper); font-weight: 600;
}
.charts { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; }
figure { margin: 0; padding: 8px 10px; border: 1px solid var(--line); border-radius: 8px; }
figcaption { display: flex; justify-content: space-between; gap: 8px; }
figure svg { display: block; width: 100%; height: 44px; }
.axis { stroke: var(--line); }
.curve { fill: none; stroke: var(--accent); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.mark { position: absolute; left: 0; top: 0; border: 2px solid #5b6b7c; border-radius: 4px; }
.mark.counting { border-color: #d98200; }
.mark.viewed { border-color: #1a7f37; }
.ring { position: absolute; left: 4px; top: 4px; width: 32px; height: 32px; }
.disc { fill: #ffffff; }
.track { fill: none; stroke: #d0d7de; stroke-width: 4; }
.fill { fill: none; stroke: #d98200; stroke-width: 4; }
.viewed .fill { stroke: #1a7f37; }
.label {
  position: absolute; left: 40px; top: 9px; padding: 1px 7px; border-radius: 9px; background: #1c2128;
  color: #ffffff;
  font: 12px/1.5 system-ui, sans-serif; white-space: nowrap;
}
@media (max-width: 600px) {
  .panel { top: auto; bottom: 0; left: 0; right: 0; width: 100%; height: 70vh; border-radius: 12px 12px 0 0; }
  .head { flex-wrap: wrap; }
  .head .what { flex-basis: 55%; }
  .icon.side { display: none; }
  .charts { grid-template-columns: 1fr; }
}
`;
