// What people ask of the services: an action, and what there is to be seen,
// make a request.
#pragma once

#include <optional>

#include "services/matcher/engine/policy.h"
#include "tests/simulation/action.h"
#include "tests/simulation/catalog.h"
#include "tests/simulation/mail.h"
#include "tests/simulation/node.h"

namespace jiedui::simulation {

class People {
 public:
  // All must outlive it.
  People(Node* demand, Node* volunteer, Node* matcher, const Catalog* catalog,
         const matcher::engine::Policy* policy)
      : demand_(demand),
        volunteer_(volunteer),
        matcher_(matcher),
        catalog_(catalog),
        policy_(policy) {}

  // Nothing when there is nothing that it could be about, or the action is none
  // of people's.
  std::optional<Request> Ask(const Action& action) const;

 private:
  std::optional<Request> AskDemand(const Action& action) const;
  std::optional<Request> AskVolunteer(const Action& action) const;
  std::optional<Request> Review(const Action& action) const;
  std::optional<Request> Go(const Action& action) const;
  std::optional<Request> Keep(const Action& action) const;
  std::optional<Request> Read(const Action& action) const;

  Node* const demand_;
  Node* const volunteer_;
  Node* const matcher_;
  const Catalog* const catalog_;
  const matcher::engine::Policy* const policy_;
};

}  // namespace jiedui::simulation
