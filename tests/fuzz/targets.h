// What is read of strangers' words, each reader a function of any bytes: libFuzzer calls it with bytes that it makes
// (libfuzzer.cpp), replay_test.cpp with the files of corpus/NAME. Whatever the bytes are: no crash, no reading past an
// end, the documented limits are kept, and what is accepted can be written and read again to the same. A target ends
// the process where that does not hold (SIGAP_CHECK), and yields whether the bytes were
// accepted: a corpus of which nothing is would check nothing.
#pragma once
#include <string_view>

namespace sigap::fuzz {

bool sip_message(std::string_view input);  ///< what an INVITE says: adapters/sip, invite, caller_number, dialled
bool sip_body(std::string_view input);   ///< first line: Content-Type; the rest: adapters/sip, body_parts, caller_place
bool pidf_lo(std::string_view input);    ///< adapters/sip, pidf_lo, civic_address
bool sdp(std::string_view input);        ///< sdp/voice
bool wire(std::string_view input);       ///< the messages of the WebSocket: codec/wire_codec
bool journal(std::string_view input);    ///< events of the journal and of another machine: codec/event_codec
bool table(std::string_view input);      ///< tables: base/csv
bool shifts(std::string_view input);     ///< a table of shifts, and of operators: src/shifts_file, staffing
bool forwarded(std::string_view input);  ///< what proxies say of a client: adapters/web/forwarded
bool ng(std::string_view input);         ///< what the media process answers: adapters/media/ng_message

}  // namespace sigap::fuzz
