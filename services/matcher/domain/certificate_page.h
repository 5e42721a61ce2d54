// A certificate as a page to print.
#pragma once

#include <string>
#include <string_view>

#include "jiedui/matcher/event/v1/record_event.pb.h"

namespace jiedui::matcher {

// HTML for A4 that needs nothing else: Chinese first, English second. Whatever
// people have written stands in it as text.
std::string CertificatePage(const event::v1::ServiceCertificate& certificate,
                            std::string_view holder_name);

// 张**: the first character, whatever comes after it.
std::string MaskedName(std::string_view name);

}  // namespace jiedui::matcher
