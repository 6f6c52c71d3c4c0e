import { mount } from 'svelte';
import { language, setLanguage } from '../core/i18n';
import '../ui/theme.css';
import Admin from './Admin.svelte';

setLanguage(language());
document.documentElement.dataset.theme = localStorage.getItem('sigap.theme') ?? 'dark';
mount(Admin, { target: document.body });
