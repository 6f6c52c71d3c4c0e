#!/usr/bin/env bash
# Makes what callers hear: tools/make_prompts.sh OUT_DIR   (welcome.ogg, waiting.ogg, hold.ogg, press.ogg, ring_back.ogg; Ogg/Opus: WAV plays in bursts)
# Spoken by espeak-ng in Indonesian. Digits are written as words, or the voice counts "one hundred and ten".
set -euo pipefail
out=${1:?usage: make_prompts.sh OUT_DIR}
mkdir -p "$out"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# prompt NAME SECONDS_OF_SILENCE_AFTER TEXT
prompt() {
  [ "$out/$1.ogg" -nt "$0" ] && return 0  # made from these words already
  espeak-ng -v id -s 140 -w "$scratch/raw.wav" "$3"
  sox "$scratch/raw.wav" -r 16000 -c 1 "$scratch/even.wav" norm -6 pad 0.2 "$2"
  opusenc --quiet --bitrate 24 --framesize 20 "$scratch/even.wav" "$scratch/$1.ogg"
  mv "$scratch/$1.ogg" "$out/$1.ogg"
}

prompt welcome 3 "Polisi, layanan darurat satu satu nol. Panggilan Anda sudah kami terima. Operator sedang kami panggil. Mohon jangan tutup telepon. Kalau Anda tidak bisa bicara, tekan lima."
prompt waiting 4 "Mohon tetap di telepon. Operator akan segera berbicara dengan Anda. Kalau Anda tidak bisa bicara, tekan lima."
# Played once. How long it lasts is Policy::asking_lasts (src/core/policy.h).
prompt press 0 "Kalau Anda tidak bisa bicara, tekan lima. Untuk ya tekan satu, untuk tidak tekan dua."
# To whom the system calls back; twice is Policy::ring_back_asks.
prompt ring_back 3 "Ini polisi, satu satu nol. Tadi Anda menelepon kami. Kalau masih perlu bantuan, tekan satu. Kalau tidak perlu, tekan dua."
prompt hold 4 "Mohon tunggu sebentar. Anda masih tersambung. Operator segera kembali."
