import { mount } from 'svelte';
import { language, setLanguage } from '../core/i18n';
import '../ui/theme.css';
import Console from './Console.svelte';

setLanguage(language());
document.documentElement.dataset.theme = localStorage.getItem('sigap.theme') ?? 'dark';
mount(Console, { target: document.body });
