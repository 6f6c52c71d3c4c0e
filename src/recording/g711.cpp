#include "recording/g711.h"

namespace sigap::recording {

Sample from_a_law(unsigned char wire) {
  // Sign, three bits of segment, four of step; every other bit turned over on the wire.
  const int code = wire ^ 0x55, segment = (code >> 4) & 7, step = code & 15;
  const int size = segment == 0 ? (step << 4) + 8 : ((step << 4) + 0x108) << (segment - 1);
  return static_cast<Sample>((code & 0x80) != 0 ? size : -size);
}

Sample from_mu_law(unsigned char wire) {
  // The same with all bits turned over and an offset of 33 steps of the smallest segment.
  const int code = ~wire & 0xff, segment = (code >> 4) & 7, step = code & 15;
  const int size = ((((step << 3) + 0x84) << segment) - 0x84);
  return static_cast<Sample>((code & 0x80) != 0 ? -size : size);
}

}  // namespace sigap::recording
