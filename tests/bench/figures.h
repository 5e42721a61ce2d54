// The figures that tools/bench shows. Each makes its data in a folder of its
// own below settings.data.
#pragma once

#include <vector>

#include "tests/bench/report.h"
#include "tests/bench/settings.h"

namespace jiedui::bench {

// Durable commands a second through gRPC, 256 outstanding, against bare RocksDB
// with 128 writers writing what each such command writes.
Figure MeasureCommands(const Settings& settings);

// The same with a request_id in each, whose reply is kept.
Figure MeasureIdempotentCommands(const Settings& settings);

// The median of one durable command at a time, against fdatasync of an append
// of as many bytes.
Figure MeasureCommandLatency(const Settings& settings);

// Unary reads, 256 outstanding, against a bare callback service that answers
// with as many bytes.
Figure MeasureReads(const Settings& settings);

// 100,000 events that wait for one subscriber, against a loop over the same
// records in process.
Figure MeasureEventBacklog(const Settings& settings);

// Events delivered to one subscriber while commands come in as fast as they
// may, against the commands themselves.
Figure MeasureEventTail(const Settings& settings);

// Rows a second of a sheet of 10,000 demands, from bytes to durable.
Figure MeasureDemandImport(const Settings& settings);

// The same of 100,000 volunteers, into all services in one process; and the
// memory of that process.
Figure MeasureVolunteerImport(const Settings& settings);

// Microseconds to fire a timer when 1,000 are due of 100,000 that are open,
// against 1,000 due of as many; and how long after a restart the first fires.
Figure MeasureTimers(const Settings& settings);

// Seconds of a round over the sample province; and the memory of all services
// in one process.
Figure MeasureRound(const Settings& settings);

}  // namespace jiedui::bench
