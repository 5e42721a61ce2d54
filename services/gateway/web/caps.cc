#include "services/gateway/web/caps.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace jiedui::gateway {

std::optional<Counter::Ticket> Counter::Take(const std::string& key) {
  absl::MutexLock lock(&mutex_);
  if (count_ >= limit_) return std::nullopt;
  int& mine = each_[key];
  if (mine >= limit_each_) return std::nullopt;
  ++mine;
  ++count_;
  return std::optional<Ticket>(std::in_place, this, key);
}

void Counter::Give(const std::string& key) {
  absl::MutexLock lock(&mutex_);
  --count_;
  const auto it = each_.find(key);
  if (--it->second == 0) each_.erase(it);
}

bool Budget::Share::Grow(size_t bytes) {
  if (bytes == 0) return true;
  absl::MutexLock lock(&budget_.mutex_);
  const auto mine = budget_.held_.find(key_);
  const size_t held = mine == budget_.held_.end() ? 0 : mine->second;
  if (bytes > budget_.left_ || held + bytes > budget_.each_) return false;
  budget_.left_ -= bytes;
  budget_.held_[key_] = held + bytes;
  held_ += bytes;
  return true;
}

void Budget::Share::Release() {
  if (held_ == 0) return;
  absl::MutexLock lock(&budget_.mutex_);
  budget_.left_ += held_;
  const auto mine = budget_.held_.find(key_);
  mine->second -= held_;
  if (mine->second == 0) budget_.held_.erase(mine);
  held_ = 0;
}

std::string AddressKey(const std::string& address) {
  namespace ip = boost::asio::ip;
  boost::system::error_code error;
  const ip::address parsed = ip::make_address(address, error);
  if (error || parsed.is_v4()) return address;
  const ip::address_v6 v6 = parsed.to_v6();
  if (v6.is_v4_mapped()) {
    return ip::make_address_v4(ip::v4_mapped, v6).to_string();
  }
  ip::address_v6::bytes_type bytes = v6.to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), 0);
  return ip::address_v6(bytes).to_string() + "/64";
}

}  // namespace jiedui::gateway
