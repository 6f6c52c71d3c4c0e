// Which page is whose. Nothing here needs a framework.
import '../ui/theme.css';

const pages = [
  ['/konsol', 'Konsol', 'operator dan perwira'],
  ['/petugas', 'Petugas', 'di HP'],
  ['/admin', 'Admin', 'orang dan kantor'],
] as const;

const main = document.createElement('main');
main.style.cssText = 'max-width:420px;margin:10vh auto;padding:16px;display:grid;gap:12px';
const title = document.createElement('h1');
title.textContent = 'Sigap 110';
main.append(title);
for (const [href, name, who] of pages) {
  const link = document.createElement('a');
  link.href = href;
  link.textContent = `${name} - ${who}`;
  link.style.cssText = 'padding:14px;border:1px solid var(--control);border-radius:6px;font-size:18px';
  main.append(link);
}
document.body.append(main);
