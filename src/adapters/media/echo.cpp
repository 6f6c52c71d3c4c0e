#include "adapters/media/echo.h"

#include <boost/asio/buffer.hpp>

namespace sigap::media {

namespace asio = boost::asio;
using asio::ip::udp;

Echo::Echo(asio::io_context& io, const std::string& address)
    : socket_(io, udp::endpoint(asio::ip::make_address(address), 0)) {}

void Echo::receive() {
  socket_.async_receive_from(asio::buffer(buffer_), from_,
                             [self = shared_from_this()](boost::system::error_code error, std::size_t size) {
                               if (error == asio::error::operation_aborted) return;
                               boost::system::error_code ignored;
                               if (!error)
                                 self->socket_.send_to(asio::buffer(self->buffer_, size), self->from_, 0, ignored);
                               self->receive();
                             });
}

void Echo::stop() {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

}  // namespace sigap::media
