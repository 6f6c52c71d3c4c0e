// What is in the body of a message: the one thing that Content-Type names, or the parts of a multipart, in order, with
// those of multiparts inside. An unknown kind of multipart is read as multipart/mixed.
// Sources: RFC 2046 5.1 (multiparts), RFC 2045 6 (encodings), RFC 5621 (bodies in SIP), RFC 2392 (Content-ID).
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace sigap::sip {

struct BodyPart {
  std::string type;  ///< lower case, without parameters
  std::string id;    ///< of Content-ID, without < and >
  std::string text;  ///< decoded when it came as base64
};

/// `content_type` is the header's whole value. Parts beyond the 32nd and multiparts more than four deep are left out.
std::vector<BodyPart> body_parts(std::string_view content_type, std::string_view body);

}  // namespace sigap::sip
