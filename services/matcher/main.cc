#include "common/rpc/host.h"
#include "services/matcher/bind.h"

int main(int argc, char** argv) {
  return jiedui::rpc::HostMain(argc, argv, "jiedui-matcher",
                               {"demand", "volunteer"},
                               jiedui::matcher::OpenMatcher);
}
