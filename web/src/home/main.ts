import { mount } from 'svelte';
import { language, setLanguage } from '../core/i18n';
import '../ui/theme.css';
import Home from './Home.svelte';

setLanguage(language());
document.documentElement.dataset.theme = localStorage.getItem('sigap.theme') ?? 'dark';
mount(Home, { target: document.body });
