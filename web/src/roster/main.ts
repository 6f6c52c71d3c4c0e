import { mount } from 'svelte';
import { language, setLanguage } from '../core/i18n';
import '../ui/theme.css';
import RosterPage from './RosterPage.svelte';

setLanguage(language());
document.documentElement.dataset.theme = localStorage.getItem('sigap.theme') ?? 'dark';
mount(RosterPage, { target: document.body });
