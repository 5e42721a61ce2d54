#include "tools/corps/command_line.h"

int main(int argc, char** argv) {
  return jiedui::corps::Run({argv + 1, argv + argc});
}
