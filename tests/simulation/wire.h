// What the services would send one another: the events of each commit.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "jiedui/event/v1/event.pb.h"
#include "tests/simulation/node.h"

namespace jiedui::simulation {

class Wire {
 public:
  using Commit = std::vector<event::v1::Event>;

  // REQUIRES: called once a node.
  void Add(const Node* node) { nodes_[node->source()] = node; }

  // The events of commit `seq` of `source`; null: it has not happened yet.
  const Commit* Events(const std::string& source, uint64_t seq);

  // Whether it has anything for others.
  bool Tells(const std::string& source, uint64_t seq);

 private:
  std::map<std::string, const Node*> nodes_;
  std::map<std::string, std::vector<Commit>> commits_;
};

}  // namespace jiedui::simulation
