// Which page is whose. Nothing here needs a framework.
import { language, say, setLanguage } from '../core/i18n';
import '../ui/theme.css';

const PAGES = [
  ['/konsol', 'Konsol', 'pages.desk'],
  ['/petugas', 'Petugas', 'pages.officer'],
  ['/jaga', 'Jaga', 'pages.roster'],
  ['/admin', 'Admin', 'pages.admin'],
] as const;

const main = document.createElement('main');
main.style.cssText = 'max-width:420px;margin:10vh auto;padding:16px;display:grid;gap:12px';
document.body.append(main);

function draw() {
  document.documentElement.lang = language();
  const title = document.createElement('h1');
  title.textContent = 'Sigap 110';
  const links = PAGES.map(([href, name, who]) => {
    const link = document.createElement('a');
    link.href = href;
    link.textContent = `${name} - ${say(who)}`;
    link.style.cssText = 'padding:14px;border:1px solid var(--control);border-radius:6px;font-size:18px';
    return link;
  });
  const other = document.createElement('button');
  other.textContent = language() === 'id' ? 'English' : 'Bahasa Indonesia';
  other.dataset.testid = 'language';
  other.style.justifySelf = 'start';
  other.onclick = () => {
    setLanguage(language() === 'id' ? 'en' : 'id');
    draw();
  };
  main.replaceChildren(title, ...links, other);
}
draw();
