#include "common/rpc/metrics.h"

#include <prometheus/collectable.h>
#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <exception>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/base/error.h"

namespace jiedui::rpc {
namespace {

using Clock = std::chrono::steady_clock;

// From 0.1 ms to 10 s.
const prometheus::Histogram::BucketBoundaries& Buckets() {
  static const auto* const buckets =
      new prometheus::Histogram::BucketBoundaries{
          .0001, .00025, .0005, .001, .0025, .005, .01, .025,
          .05,   .1,     .25,   .5,   1,     2.5,  5,   10};
  return *buckets;
}

// The calls of one method.
class Method {
 public:
  Method(prometheus::Family<prometheus::Counter>& calls,
         prometheus::Family<prometheus::Histogram>& latency, std::string name)
      : calls_(calls),
        name_(std::move(name)),
        latency_(latency.Add({{"method", name_}}, Buckets())) {
    for (auto& counter : by_code_) counter = nullptr;
  }

  void Count(grpc::StatusCode code, Clock::duration took) {
    latency_.Observe(std::chrono::duration<double>(took).count());
    const auto index = static_cast<size_t>(code) % kCodes;
    prometheus::Counter* counter =
        by_code_[index].load(std::memory_order_acquire);
    if (counter == nullptr) {
      // Adding the same labels twice gives the same counter.
      counter = &calls_.Add({{"method", name_}, {"code", absl::StrCat(index)}});
      by_code_[index].store(counter, std::memory_order_release);
    }
    counter->Increment();
  }

 private:
  static constexpr size_t kCodes = 17;
  prometheus::Family<prometheus::Counter>& calls_;
  const std::string name_;
  prometheus::Histogram& latency_;
  std::atomic<prometheus::Counter*> by_code_[kCodes];
};

// All methods seen so far. Thread-safe.
class Methods {
 public:
  // NAME_total and NAME_seconds.
  Methods(prometheus::Registry& registry, const std::string& name,
          const std::string& help)
      : calls_(prometheus::BuildCounter()
                   .Name(name + "_total")
                   .Help(help + " by method and gRPC status code")
                   .Register(registry)),
        latency_(prometheus::BuildHistogram()
                     .Name(name + "_seconds")
                     .Help("From receiving a call to sending its status")
                     .Register(registry)) {}

  Method* Get(const std::string& name) {
    {
      absl::ReaderMutexLock lock(&mutex_);
      const auto it = methods_.find(name);
      if (it != methods_.end()) return it->second.get();
    }
    absl::MutexLock lock(&mutex_);
    std::unique_ptr<Method>& method = methods_[name];
    if (!method) method = std::make_unique<Method>(calls_, latency_, name);
    return method.get();
  }

 private:
  prometheus::Family<prometheus::Counter>& calls_;
  prometheus::Family<prometheus::Histogram>& latency_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, std::unique_ptr<Method>> methods_;
};

class CallInterceptor : public grpc::experimental::Interceptor {
 public:
  explicit CallInterceptor(Method* method)
      : method_(method), start_(Clock::now()) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* batch) override {
    if (batch->QueryInterceptionHookPoint(
            grpc::experimental::InterceptionHookPoints::PRE_SEND_STATUS)) {
      method_->Count(batch->GetSendStatus().error_code(),
                     Clock::now() - start_);
    }
    batch->Proceed();
  }

 private:
  Method* const method_;
  const Clock::time_point start_;
};

class InterceptorFactory
    : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit InterceptorFactory(Methods* methods) : methods_(methods) {}

  grpc::experimental::Interceptor* CreateServerInterceptor(
      grpc::experimental::ServerRpcInfo* info) override {
    return new CallInterceptor(methods_->Get(info->method()));
  }

 private:
  Methods* const methods_;
};

prometheus::MetricFamily Family(
    const std::vector<const runtime::Writer*>& writers, std::string name,
    std::string help, prometheus::MetricType type,
    double (*value)(const runtime::Writer&)) {
  prometheus::MetricFamily family;
  family.name = std::move(name);
  family.help = std::move(help);
  family.type = type;
  for (const runtime::Writer* writer : writers) {
    prometheus::ClientMetric metric;
    metric.label = {{"service", std::string(writer->machine().source())}};
    metric.counter.value = metric.gauge.value = value(*writer);
    family.metric.push_back(std::move(metric));
  }
  return family;
}

// The writers' counters, read when somebody asks.
class WriterMetrics : public prometheus::Collectable {
 public:
  void Add(const runtime::Writer* writer) {
    absl::MutexLock lock(&mutex_);
    writers_.push_back(writer);
  }

  std::vector<prometheus::MetricFamily> Collect() const override {
    using prometheus::MetricType;
    using runtime::Writer;
    absl::MutexLock lock(&mutex_);
    return {
        Family(writers_, "jiedui_commands_total", "Commands decided",
               MetricType::Counter,
               [](const Writer& w) -> double { return w.counters().commands; }),
        Family(writers_, "jiedui_commits_total", "Synced writes",
               MetricType::Counter,
               [](const Writer& w) -> double { return w.counters().commits; }),
        Family(
            writers_, "jiedui_commit_seconds_total",
            "Time spent in synced writes", MetricType::Counter,
            [](const Writer& w) { return w.counters().commit_nanos * 1e-9; }),
        Family(writers_, "jiedui_commands_queued", "Commands waiting",
               MetricType::Gauge,
               [](const Writer& w) -> double { return w.counters().queued; }),
        Family(writers_, "jiedui_journal_head", "Position of the last commit",
               MetricType::Gauge,
               [](const Writer& w) -> double { return w.head(); })};
  }

 private:
  mutable absl::Mutex mutex_;
  std::vector<const runtime::Writer*> writers_;
};

}  // namespace

struct Metrics::State {
  std::shared_ptr<prometheus::Registry> registry =
      std::make_shared<prometheus::Registry>();
  std::shared_ptr<WriterMetrics> writers = std::make_shared<WriterMetrics>();
  Methods methods{*registry, "jiedui_rpc", "Finished calls"};
  std::vector<std::unique_ptr<Methods>> others;
  std::unique_ptr<prometheus::Exposer> exposer;
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}

Metrics::~Metrics() = default;

void Metrics::Watch(const runtime::Writer* writer) {
  state_->writers->Add(writer);
}

Metrics::CountCall Metrics::AddCalls(const std::string& name,
                                     const std::string& help) {
  state_->others.push_back(
      std::make_unique<Methods>(*state_->registry, name, help));
  return [methods = state_->others.back().get()](
             const std::string& method, int code, Clock::duration took) {
    methods->Get(method)->Count(static_cast<grpc::StatusCode>(code), took);
  };
}

Metrics::ChangeGauge Metrics::AddGauge(const std::string& name,
                                       const std::string& help) {
  prometheus::Gauge& gauge = prometheus::BuildGauge()
                                 .Name(name)
                                 .Help(help)
                                 .Register(*state_->registry)
                                 .Add({});
  return [&gauge](double change) { gauge.Increment(change); };
}

absl::StatusOr<int> Metrics::Expose(const std::string& host, int port) {
  const std::string address = absl::StrCat(host, ":", port);
  try {
    state_->exposer = std::make_unique<prometheus::Exposer>(address, 1);
  } catch (const std::exception&) {
    return base::MakeError(base::Reason::kPortInUse, {{"address", address}});
  }
  state_->exposer->RegisterCollectable(state_->registry);
  state_->exposer->RegisterCollectable(state_->writers);
  return state_->exposer->GetListeningPorts().front();
}

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>
Metrics::Interceptors() {
  return std::make_unique<InterceptorFactory>(&state_->methods);
}

}  // namespace jiedui::rpc
