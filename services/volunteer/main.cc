#include "common/rpc/host.h"
#include "services/volunteer/bind.h"

int main(int argc, char** argv) {
  return jiedui::rpc::HostMain(argc, argv, "jiedui-volunteer", {},
                               jiedui::volunteer::OpenVolunteerRegistry);
}
