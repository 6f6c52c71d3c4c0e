import { mount } from 'svelte';
import { language, setLanguage } from '../core/i18n';
import '../ui/theme.css';
import QualityPage from './QualityPage.svelte';

setLanguage(language());
document.documentElement.dataset.theme = localStorage.getItem('sigap.theme') ?? 'dark';
mount(QualityPage, { target: document.body });
