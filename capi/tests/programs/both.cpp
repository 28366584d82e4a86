// From C++, in threads of their own.
#include "check.h"

#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

struct Free {
  void operator()(jobview_parser *parser) const { jobview_parser_free(parser); }
};

static std::string_view view(jobview_str text) { return {text.data, text.len}; }

static void work(int number) {
  std::string id = "job " + std::to_string(number);
  std::string json = "{\"data\":{\"type\":\"profile-bulk-import-job\",\"id\":\"" + id +
                     "\",\"links\":{\"self\":\"/\"}," ATTRIBUTES "}}";
  const auto *data = reinterpret_cast<const uint8_t *>(json.data());

  jobview_parser *made = nullptr;
  CHECK(jobview_parser_new(nullptr, &made, nullptr) == JOBVIEW_CODE_OK);
  std::unique_ptr<jobview_parser, Free> parser(made);
  jobview_answer answer;
  for (int n = 0; n < 50; n++) {
    CHECK(jobview_parse(parser.get(), data, json.size(), &answer, nullptr) == JOBVIEW_CODE_OK);
    CHECK(view(answer.jobs->id) == id && view(answer.jobs->status) == "queued");
  }

  // A stream may be read by another thread than the one that has opened it.
  ArrowArrayStream stream;
  CHECK(jobview_open_memory(data, json.size(), nullptr, &stream, nullptr) == JOBVIEW_CODE_OK);
  std::thread([&stream] {
    char message[512];
    CHECK(rows_of(&stream, message, sizeof message) == 1);
    stream.release(&stream);
  }).join();
}

int main() {
  std::vector<std::thread> threads;
  for (int number = 0; number < 4; number++) {
    threads.emplace_back(work, number);
  }
  for (auto &thread : threads) {
    thread.join();
  }
  return 0;
}
