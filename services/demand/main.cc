#include "common/rpc/host.h"
#include "services/demand/bind.h"

int main(int argc, char** argv) {
  return jiedui::rpc::HostMain(argc, argv, "jiedui-demand", {"matcher"},
                               jiedui::demand::OpenDemandRegistry);
}
