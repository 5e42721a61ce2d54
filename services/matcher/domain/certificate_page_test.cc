#include "services/matcher/domain/certificate_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jiedui::matcher {
namespace {

using testing::HasSubstr;
using testing::Not;

event::v1::ServiceCertificate Example() {
  event::v1::ServiceCertificate certificate;
  certificate.set_name("certificates/JD-440981-2026-000001-K");
  certificate.set_issuer("高州市科学技术协会");
  certificate.set_start_date("2026-01-01");
  certificate.set_end_date("2026-12-01");
  certificate.set_measured_minutes(7290);
  certificate.set_entered_minutes(60);
  certificate.set_services(31);
  certificate.set_demands(4);
  certificate.set_grade(1);
  certificate.set_state("VALID");
  certificate.mutable_create_time()->set_seconds(1796054400);  // 2026-12-01
  return certificate;
}

TEST(CertificatePageTest, SaysEverythingInBothLanguages) {
  const std::string page = CertificatePage(Example(), "张三丰");
  for (const char* text :
       {"兹证明 张三丰 同志于 2026-01-01 至 2026-12-01", "122 小时 30 分",
        "that 张三丰 gave 122 h 30 min", "121 小时 30 分", "1 小时 0 分",
        "31 次", "4 项", "1 星", "JD-440981-2026-000001-K",
        "高州市科学技术协会", "2026-12-01", "size: A4"}) {
    EXPECT_THAT(page, HasSubstr(text));
  }
  for (const char* hole : {"{name}", "{start}", "{end}", "{services}",
                           "{demands}", "{hours}", "{minutes}", "{stars}"}) {
    EXPECT_THAT(page, Not(HasSubstr(hole)));
  }
}

TEST(CertificatePageTest, WhatPeopleWroteIsTextAndNothingElse) {
  event::v1::ServiceCertificate certificate = Example();
  certificate.set_issuer("<script>alert(\"x\")</script> & 'Co'");
  certificate.set_state("REVOKED");
  certificate.set_note("<b>{name}</b>");
  const std::string page = CertificatePage(certificate, "<i>{hours}</i>");
  EXPECT_THAT(page, Not(HasSubstr("<script>")));
  EXPECT_THAT(page, Not(HasSubstr("<i>")));
  EXPECT_THAT(page, Not(HasSubstr("<b>")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(&quot;x&quot;)"
                              "&lt;/script&gt; &amp; &#39;Co&#39;"));
  EXPECT_THAT(page, HasSubstr("&lt;i&gt;{hours}&lt;/i&gt;"));
}

TEST(CertificatePageTest, ARevokedOneSaysSoAndWhy) {
  event::v1::ServiceCertificate certificate = Example();
  EXPECT_THAT(CertificatePage(certificate, "张三"), Not(HasSubstr("已撤销")));
  certificate.set_state("REVOKED");
  certificate.set_note("时长有误");
  EXPECT_THAT(CertificatePage(certificate, "张三"),
              HasSubstr("已撤销：时长有误"));
}

TEST(MaskedNameTest, ShowsTheFirstCharacterOnly) {
  EXPECT_EQ(MaskedName("张三"), "张**");
  EXPECT_EQ(MaskedName("欧阳修"), "欧**");
  EXPECT_EQ(MaskedName("Joseph Needham"), "J**");
  EXPECT_EQ(MaskedName("𠮷田"), "𠮷**");
  EXPECT_EQ(MaskedName(""), "**");
}

}  // namespace
}  // namespace jiedui::matcher
