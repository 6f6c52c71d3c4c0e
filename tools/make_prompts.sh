#!/usr/bin/env bash
# Makes what callers hear: tools/make_prompts.sh OUT_DIR   (welcome.au, waiting.au, hold.au, press.au, ring_back.au)
# A-law at 8 kHz is what a telephone hears, and nobody decodes it while thousands wait; in an .au file it is read 40 ms at a
# time and plays evenly, in a WAV it plays in bursts.
# Spoken by espeak-ng in Indonesian. Digits are written as words, or the voice counts "one hundred and ten".
set -euo pipefail
out=${1:?usage: make_prompts.sh OUT_DIR}
mkdir -p "$out"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# prompt NAME SECONDS_OF_SILENCE_AFTER TEXT
prompt() {
  [ "$out/$1.au" -nt "$0" ] && return 0  # made from these words already
  espeak-ng -v id -s 140 -w "$scratch/raw.wav" "$3"
  sox "$scratch/raw.wav" -r 8000 -c 1 -e a-law -b 8 "$scratch/$1.au" norm -6 pad 0.2 "$2"
  mv "$scratch/$1.au" "$out/$1.au"
}

prompt welcome 3 "Polisi, layanan darurat satu satu nol. Panggilan Anda sudah kami terima. Operator sedang kami panggil. Mohon jangan tutup telepon. Kalau Anda tidak bisa bicara, tekan lima."
prompt waiting 4 "Mohon tetap di telepon. Operator akan segera berbicara dengan Anda. Kalau Anda tidak bisa bicara, tekan lima."
# Played once. How long it lasts is Policy::asking_lasts (src/core/policy.h).
prompt press 0 "Kalau Anda tidak bisa bicara, tekan lima. Untuk ya tekan satu, untuk tidak tekan dua."
# To whom the system calls back; twice is Policy::ring_back_asks.
prompt ring_back 3 "Ini polisi, satu satu nol. Tadi Anda menelepon kami. Kalau masih perlu bantuan, tekan satu. Kalau tidak perlu, tekan dua."
prompt hold 4 "Mohon tunggu sebentar. Anda masih tersambung. Operator segera kembali."
