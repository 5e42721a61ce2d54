// taste ROOT: prints what is wrong in the tree, and exits with 1 if anything.
#include <iostream>

#include "tests/taste/checker.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: taste ROOT\n";
    return 2;
  }
  jiedui::taste::Report report = jiedui::taste::CheckTree(argv[1]);
  for (const auto& violation : report.violations) {
    std::cout << violation.ToString() << '\n';
  }
  std::cout << report.files << " files, " << report.violations.size()
            << " violations\n";
  // A tree without files is a wrong ROOT, not a tasteful one.
  return report.violations.empty() && report.files > 0 ? 0 : 1;
}
