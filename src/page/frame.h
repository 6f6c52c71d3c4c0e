// The looks of a page that stands alone in a file, and the lines of script that read its curves. Contrast of every text
// is at least 4.5 (WCAG 2.2 AA), in brackets.
#pragma once

namespace sigap::page {

inline constexpr const char* kStyle = R"css(
:root{color-scheme:dark;--ground:#14181d;--panel:#1b2127;--line:#3a4653;--control:#7c8b9b;--text:#e3e8ee;--dim:#a3afbc;
--focus:#6cb8ff;--calls:#a3afbc;--alone:#ff8f8f;--province:#ffb020;--nation:#6fd08c}
@media (prefers-color-scheme:light){:root{color-scheme:light;--ground:#f4f6f8;--panel:#fff;--line:#b9c3cd;--control:#5b6875;
--text:#14181d;--dim:#3f4a55;--focus:#0a5cad;--calls:#3f4a55;--alone:#b3161e;--province:#8a4b00;--nation:#12692f}}
/* on --panel, dark/light: text 13.2/17.8, dim 7.3/9.0, alone 7.4/6.9, province 8.9/6.8, nation 8.6/6.8, control 4.7/5.7 */
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.45 system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif}
html[lang=id] [lang=en],html[lang=en] [lang=id]{display:none}
main,header{max-width:1200px;margin:0 auto;padding:0 16px}
header{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;padding-top:16px}
h1{font-size:22px;margin:0;flex:1}
h2{font-size:17px;margin:28px 0 8px}
p{margin:6px 0;max-width:90ch}
.dim{color:var(--dim)}
button,select,input{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--control);border-radius:6px;
padding:6px 12px;min-height:36px;max-width:100%}
:focus-visible{outline:3px solid var(--focus);outline-offset:1px}
.sums{display:grid;grid-template-columns:repeat(auto-fit,minmax(210px,1fr));gap:12px;margin:16px 0}
.sums>div{background:var(--panel);border:1px solid var(--line);border-left:6px solid var(--tone);border-radius:6px;padding:10px 14px}
.sums b{display:block;font-size:34px;line-height:1.15;color:var(--tone)}
.calls{--tone:var(--calls)}.alone{--tone:var(--alone)}.province{--tone:var(--province)}.nation{--tone:var(--nation)}
.curve{margin:10px 0;background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:8px 12px}
figcaption{color:var(--tone);font-weight:600;min-height:22px}
output{color:var(--text);font-weight:400;float:right}
.plot{display:grid;grid-template-columns:auto 1fr;gap:0 6px}
.side{display:flex;flex-direction:column;justify-content:space-between;text-align:right;min-width:40px;font-size:13px;color:var(--dim)}
.area{height:84px;border-bottom:1px solid var(--control);touch-action:pan-y}
.area svg{width:100%;height:100%;display:block}
.steps{fill:var(--tone);fill-opacity:.28;stroke:var(--tone);stroke-width:1.5;vector-effect:non-scaling-stroke}
.grid{stroke:var(--line);fill:none;vector-effect:non-scaling-stroke}
.here{stroke:var(--text);fill:none;vector-effect:non-scaling-stroke}
.scroll{overflow-x:auto;max-height:70vh;border:1px solid var(--line);border-radius:6px;background:var(--panel)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:5px 8px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line)}
thead th{position:sticky;top:0;background:var(--panel)}
th:first-child{text-align:left}
tbody th{font-weight:400}
footer{max-width:1200px;margin:24px auto;padding:0 16px 24px;color:var(--dim)}
@media (max-width:600px){h1{font-size:19px}output{float:none;display:block;min-height:22px}.sums b{font-size:28px}tbody th{white-space:normal;min-width:30vw}thead th{white-space:normal;vertical-align:bottom}}
@media print{.scroll{max-height:none;overflow:visible}button,select,input{display:none}}
)css";

/// A page's own script follows in the same element and has a function when(step, area).
inline constexpr const char* kScript = R"js(
'use strict'
const page = document.documentElement
const two = (n) => String(n).padStart(2, '0')

// One step is read on all curves that are shown at once. What it is called, the page itself knows: when(step, area).
let here = -1
const shown = () => [...document.querySelectorAll('.area')].filter((area) => !area.closest('[hidden]'))
function read(step) {
  here = step
  for (const area of shown()) {
    const value = area.dataset.values.split(' ')[step]
    const words = when(step, area) + ': ' + (page.lang === 'id' ? value.replace('.', ',') : value)
    area.closest('figure').querySelector('output').textContent = words
    area.querySelector('.here').setAttribute('d', 'M' + (step + 0.5) + ' 0V100')
    area.setAttribute('aria-valuenow', step)
    area.setAttribute('aria-valuetext', words)
  }
}
for (const area of document.querySelectorAll('.area')) {
  const steps = +area.ariaValueMax + 1, leap = +area.dataset.leap
  area.setAttribute('aria-label', '')
  area.addEventListener('pointermove', (e) => {
    const box = area.getBoundingClientRect()
    read(Math.max(0, Math.min(steps - 1, Math.floor(((e.clientX - box.left) / box.width) * steps))))
  })
  area.addEventListener('keydown', (e) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: leap, PageDown: -leap }[e.key]
    const to = e.key === 'Home' ? 0 : e.key === 'End' ? steps - 1 : by && (Math.max(here, 0) + by + steps) % steps
    if (to === undefined) return
    e.preventDefault()
    read(to)
  })
}
function label() {
  for (const area of document.querySelectorAll('.area'))
    area.setAttribute('aria-label', [...area.closest('figure').querySelectorAll('figcaption > span')]
      .filter((s) => s.lang === page.lang).map((s) => s.textContent).join(' '))
  for (const field of document.querySelectorAll('[data-id]')) field.setAttribute('aria-label', field.dataset[page.lang])
  document.title = page.dataset[page.lang === 'id' ? 'titleId' : 'titleEn']
}
document.querySelector('#language').addEventListener('click', () => {
  page.lang = page.lang === 'id' ? 'en' : 'id'
  label()
  if (here >= 0) read(here)
})
label()
)js";

}  // namespace sigap::page
