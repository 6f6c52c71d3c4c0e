// Words of the caller's page in Javanese (krama), Sundanese (lemes) and Minangkabau: short, for who is in need. Written by
// us; a native speaker should read them (docs/operating/web-callers.md). A word that is not here is said in Indonesian.
import type { Word } from '../core/i18n';

type Said = readonly [jv: string, su: string, min: string];

const WORDS: Partial<Record<Word, Said>> = {
  'home.when': ['Wonten bebaya, kadurjanan, utawi kacilakan: telpon polisi, gratis, siyang dalu.', 'Aya bahaya, kajahatan, atawa kacilakaan: telepon pulisi, haratis, beurang peuting.', 'Ado bahayo, kajahatan, atau kacilakoan: telepon polisi, indak babayia, siang malam.'],
  'home.call': ['Telpon 110', 'Telepon 110', 'Telepon 110'],
  'home.follow': ['Sampun lapor? Bikak tautan ing pesen ingkang panjenengan tampi.', 'Tos lapor? Buka tautan dina seratan nu katampi.', 'Alah malapor? Bukak tautan dalam pasan nan ditarimo.'],
  'web.call': ['Nelpon lumantar internet', 'Nelepon ku internet', 'Manelepon lewat internet'],
  'web.how': ['Menawi telpon boten saged: matur dhateng petugas saking kaca punika. Gratis, tanpa ndhaptar. Papan panjenengan dipunkintun menawi dipunparengaken.', 'Upami telepon teu tiasa: nyarios sareng petugas tina kaca ieu. Haratis, teu kedah daptar. Tempat anjeun dikintun upami diidinan.', 'Kok telepon indak bisa: mangecek jo petugas dari laman ko. Indak babayia, indak paralu mandaftar. Tampek Sanak dikirim kok diizinkan.'],
  'web.number': ['Nomer kangge dipuntelpon wangsul (boten wajib)', 'Nomer pikeun ditelepon deui (teu wajib)', 'Nomor untuak ditelepon baliak (indak wajib)'],
  'web.number_label': ['Nomer telpon panjenengan', 'Nomer telepon anjeun', 'Nomor telepon Sanak'],
  'web.number_why': ['Namung dipunagem menawi telpon punika pedhot.', 'Ngan dianggo upami telepon ieu pegat.', 'Dipakai kok telepon ko putuih sajo.'],
  'web.number_wrong': ['Punika sanes nomer telpon. Leresaken utawi kosongaken.', 'Ieu sanes nomer telepon. Lereskeun atawa kosongkeun.', 'Iko indak nomor telepon. Pelokan atau kosongkan.'],
  'web.language': ['Basa panjenengan', 'Basa anjeun', 'Baso Sanak'],
  'web.type': ['Boten saged matur? Serat', 'Teu tiasa nyarios? Serat', 'Indak bisa mangecek? Tulih'],
  'web.type_how': ['Tanpa swanten: petugas maos seratan panjenengan lan mangsuli. Panjenengan dipunrumiyinaken.', 'Tanpa sora: petugas maos seratan anjeun sareng ngawaler. Anjeun dipayunkeun.', 'Indak basuaro: petugas mambaco tulisan Sanak jo manjawek. Sanak didaulukan.'],
  'web.type_instead': ['Lajeng kanthi nyerat', 'Teraskeun ku nyerat', 'Lanjuik jo manulih'],
  'web.microphone_on': ['Urubaken mikropon', 'Hurungkeun mikropon', 'Iduikan mikropon'],
  'web.reading': ['Petugas maos seratan panjenengan', 'Petugas maos seratan anjeun', 'Petugas mambaco tulisan Sanak'],
  'web.lines': ['Seratan', 'Seratan', 'Tulisan'],
  'web.line': ['Serat dhateng petugas', 'Serat ka petugas', 'Tulih ka petugas'],
  'web.send': ['Kintun', 'Kintun', 'Kirim'],
  'web.you': ['Panjenengan', 'Anjeun', 'Sanak'],
  'web.officer': ['Petugas', 'Petugas', 'Petugas'],
  'web.unsent': ['dereng kakintun', 'tacan kakintun', 'alun takirim'],
  'web.photo': ['Kintun foto', 'Kintun poto', 'Kirim foto'],
  'web.photo_sent': ['Foto sampun kakintun', 'Poto tos kakintun', 'Foto alah takirim'],
  'web.photo_sending': ['Foto saweg dipunkintun ...', 'Poto nuju dikintun ...', 'Foto sadang dikirim ...'],
  'web.phase.asking': ['Parengaken mikropon', 'Idinan mikropon', 'Izinkan mikropon'],
  'web.phase.denied': ['Mikropon boten saged dipunagem', 'Mikropon teu tiasa dianggo', 'Mikropon indak bisa dipakai'],
  'web.phase.connecting': ['Nyambung ...', 'Nyambung ...', 'Manyambuang ...'],
  'web.phase.waiting': ['Panjenengan wonten ing antrian', 'Anjeun aya dina antrian', 'Sanak dalam antrean'],
  'web.phase.talking': ['Sampun sambet kaliyan petugas', 'Tos nyambung sareng petugas', 'Alah tasambuang jo petugas'],
  'web.phase.over': ['Telpon sampun rampung', 'Telepon tos rengse', 'Telepon alah salasai'],
  'web.stay': ['Petugas ingkang longgar badhe mangsuli. Kaca punika ampun dipuntutup.', 'Petugas nu kosong bakal ngawaler. Ulah nutup kaca ieu.', 'Petugas nan lapang ka manjawek. Jan ditutuik laman ko.'],
  'web.lost': ['Sambungan pedhot. Telpon panjenengan boten ical, kaca nyambung malih.', 'Sambungan pegat. Telepon anjeun teu leungit, kaca nyambung deui.', 'Sambuangan putuih. Telepon Sanak indak ilang, laman manyambuang baliak.'],
  'web.silent': ['Boten saged matur? Pencet punika', 'Teu tiasa nyarios? Pencet ieu', 'Indak bisa mangecek? Picik iko'],
  'web.silent_known': ['Petugas mangertos bilih panjenengan boten saged matur.', 'Petugas uningaeun yén anjeun teu tiasa nyarios.', 'Petugas tau kok Sanak indak bisa mangecek.'],
  'web.yes': ['inggih', 'leres', 'iyo'],
  'web.no': ['boten', 'sanés', 'indak'],
  'web.follow': ['Tututi laporan panjenengan', 'Tuturkeun laporan anjeun', 'Ikuikan laporan Sanak'],
  'web.again': ['Telpon malih', 'Telepon deui', 'Telepon baliak'],
  'web.back': ['Wangsul', 'Balik', 'Baliak'],
  'web.telephone': ['Telpon 110: gratis, tanpa pulsa ugi saged.', 'Telepon 110: haratis, tanpa pulsa ogé tiasa.', 'Telepon 110: indak babayia, indak bapulsa pun bisa.'],
  'web.over.answered': ['Menawi wonten ewah-ewahan, telpon 110 malih.', 'Upami kaayaan robah, telepon 110 deui.', 'Kok keadaan barubah, telepon 110 baliak.'],
  'web.over.cut': ['Telpon pedhot saderengipun dipunwangsuli. Telpon 110 utawi telpon malih.', 'Telepon pegat saméméh diwaler. Telepon 110 atawa telepon deui.', 'Telepon putuih sabalun dijawek. Telepon 110 atau telepon baliak.'],
  'web.not_sent.over': ['Boten kakintun: telpon sampun rampung. Telpon malih utawi telpon 110.', 'Teu kakintun: telepon tos rengse. Telepon deui atawa telepon 110.', 'Indak takirim: telepon alah salasai. Telepon baliak atau telepon 110.'],
  'web.place.asking': ['Papan: nengga palilah panjenengan', 'Tempat: ngantosan idin anjeun', 'Tampek: mananti izin Sanak'],
  'web.place.sent': ['Papan panjenengan sampun kakintun', 'Tempat anjeun tos kakintun', 'Tampek Sanak alah takirim'],
  'web.place.none': ['Papan boten kakintun: sebataken papanipun', 'Tempat teu kakintun: sebatkeun tempatna', 'Tampek indak takirim: sabuikan tampeknyo'],
  hang_up: ['Tutup telpon', 'Tutup telepon', 'Tutuik telepon'],
};

const of = (at: 0 | 1 | 2): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(WORDS).map(([word, said]) => [word, said[at]]));

export const REGIONAL = { jv: of(0), su: of(1), min: of(2) };
