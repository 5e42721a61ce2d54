#include "services/matcher/webhook/address.h"

#include <gtest/gtest.h>

namespace jiedui::matcher {
namespace {

using boost::asio::ip::make_address;

TEST(AddressTest, PublicOnesArePublic) {
  for (const char* address :
       {"1.1.1.1", "8.8.8.8", "172.15.255.255", "172.32.0.0", "100.128.0.1",
        "223.255.255.255", "2606:4700::1111", "2400:3200::1", "::ffff:8.8.8.8",
        "64:ff9b::808:808"}) {
    EXPECT_TRUE(IsPublic(make_address(address))) << address;
  }
}

TEST(AddressTest, NeighboursAreNot) {
  for (const char* address : {"0.0.0.0",
                              "10.1.2.3",
                              "100.64.0.1",
                              "127.0.0.1",
                              "127.255.255.255",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.168.1.1",
                              "198.18.0.1",
                              "224.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "fe80::1",
                              "fc00::1",
                              "fd12::1",
                              "ff02::1",
                              "2001:db8::1",
                              "2001::1"}) {
    EXPECT_FALSE(IsPublic(make_address(address))) << address;
  }
}

TEST(AddressTest, AnIpv6FormHidesNoNeighbour) {
  for (const char* address : {"::ffff:127.0.0.1", "::ffff:10.0.0.1",
                              "64:ff9b::7f00:1", "2002:7f00:1::", "::7f00:1"}) {
    EXPECT_FALSE(IsPublic(make_address(address))) << address;
  }
}

}  // namespace
}  // namespace jiedui::matcher
