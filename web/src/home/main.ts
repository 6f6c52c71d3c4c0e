// The first page: a citizen in need first, who works here below. Nothing here needs a framework.
import { language, say, setLanguage } from '../core/i18n';
import '../ui/theme.css';

const PAGES = [
  ['/konsol', 'Konsol', 'pages.desk'],
  ['/petugas', 'Petugas', 'pages.officer'],
  ['/jaga', 'Jaga', 'pages.roster'],
  ['/admin', 'Admin', 'pages.admin'],
] as const;

const main = document.createElement('main');
main.style.cssText = 'max-width:420px;margin:0 auto;padding:6vh 16px 16px;display:grid;gap:14px';
document.body.append(main);

function element<K extends keyof HTMLElementTagNameMap>(tag: K, text: string, style = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.textContent = text;
  made.style.cssText = style;
  return made;
}

function draw() {
  document.documentElement.lang = language();
  document.title = `${say('home.call')} - Sigap`;
  const call = element('a', say('home.call'), 'padding:26px 16px;border-radius:6px;background:var(--p1);color:var(--on-signal);font-size:30px;font-weight:700;text-align:center;text-decoration:none');
  call.href = 'tel:110';
  call.dataset.testid = 'call-110';
  const links = PAGES.map(([href, name, who]) => {
    const link = element('a', `${name} - ${say(who)}`, 'padding:10px 14px;border:1px solid var(--control);border-radius:6px');
    link.href = href;
    return link;
  });
  const staff = element('nav', '', 'display:grid;gap:8px;margin-top:22px');
  staff.setAttribute('aria-labelledby', 'staff');
  const title = element('h2', say('home.staff'), 'font-size:16px;color:var(--dim)');
  title.id = 'staff';
  staff.append(title, ...links);
  const other = element('button', language() === 'id' ? 'English' : 'Bahasa Indonesia', 'justify-self:start');
  other.dataset.testid = 'language';
  other.onclick = () => {
    setLanguage(language() === 'id' ? 'en' : 'id');
    draw();
  };
  main.replaceChildren(element('h1', 'Sigap 110', 'font-size:22px'), element('p', say('home.when')), call, element('p', say('home.follow'), 'color:var(--dim)'), staff, other);
}
draw();
