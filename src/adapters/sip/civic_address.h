// A civic address as a person in Indonesia would write it on one line: "Jalan Melati 12, Gondokusuman, DI Yogyakarta".
// Source: RFC 5139 (names of the elements), RFC 4119.
#pragma once
#include <string>

namespace pugi {
class xml_node;
}

namespace sigap::sip {

/// UTF-8, one line, at most 200 bytes: what an incident's place holds. Empty when the element says nothing.
std::string civic_line(const pugi::xml_node& civic_address);

}  // namespace sigap::sip
