// The groups of commands, one a file.
#pragma once

#include "tools/cli/command.h"

namespace jiedui::cli {

Command ServeCommand();
Command DemandCommand();
Command VolunteerCommand();
// team, project, enterprise, station, specialty.
std::vector<Command> SupplyCommands();
Command ImportCommand();
Command RoundCommand();
Command PairingCommand();
Command OfferCommand();
Command DispatchCommand();
Command VisitCommand();
Command ServiceCommand();
Command InboxCommand();
Command WebhookCommand();
Command CorrectionCommand();
Command HoursCommand();
Command ReadingCommand();
Command CertificateCommand();
Command PolicyCommand();
Command EventsCommand();
Command SolveCommand();
Command VersionCommand();
// `root` is asked for when the script is made, with this command in it.
Command CompletionCommand(std::function<const Command&()> root);

}  // namespace jiedui::cli
