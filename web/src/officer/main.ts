import { mount } from 'svelte';
import { language, setLanguage } from '../core/i18n';
import '../ui/theme.css';
import Officer from './Officer.svelte';
import './officer.css';

setLanguage(language());
document.documentElement.dataset.theme = localStorage.getItem('sigap.theme') ?? 'dark';
// Without a network the page is still there, on HTTPS and on this machine; a browser that has no such thing does without.
void navigator.serviceWorker?.register('/petugas-sw.js', { scope: '/petugas' }).catch((error: unknown) => console.warn('without a network this page is not there:', error));

mount(Officer, { target: document.body });
