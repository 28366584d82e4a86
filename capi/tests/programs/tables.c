/* Documents as streams, from everywhere and with every error. The argument is a file with two jobs and a bad record. */
#include "check.h"

static const char TWO_JOBS[] = JOB("a") JOB("b");
static const char ONE_IS_BAD[] = JOB("a") "oops\n" JOB("b");

typedef struct source {
  const char *data;
  size_t len;
  size_t at_once;
  ptrdiff_t wrong;
} source;

static ptrdiff_t read_some(void *context, uint8_t *to, size_t len) {
  source *from = (source *)context;
  size_t count = from->at_once < len ? from->at_once : len;
  count = count < from->len ? count : from->len;
  if (from->wrong != 0 && from->len < 100) {
    return from->wrong > 0 ? (ptrdiff_t)len + from->wrong : from->wrong;
  }
  memcpy(to, from->data, count);
  from->data += count;
  from->len -= count;
  return (ptrdiff_t)count;
}

typedef struct letters {
  int count;
  int answer;
} letters;

static int32_t note(void *context, const jobview_reject *reject) {
  letters *seen = (letters *)context;
  seen->count += 1;
  CHECK(reject->error.code == JOBVIEW_CODE_REJECTED);
  CHECK(reject->error.record == 1 && reject->error.line == 2 && reject->error.column == 1);
  CHECK(reject->error.offset == reject->record_offset);
  CHECK(strcmp(reject->error.kind, "invalid-literal") == 0);
  CHECK(reject->error.pointer[0] == 0 && reject->error.message[0] != 0);
  CHECK(is(reject->raw, "oops") && reject->remainder == 0 && reject->more == 0);
  return seen->answer;
}

static void memory(void) {
  struct ArrowArrayStream stream;
  jobview_error error;
  char message[512];
  const uint8_t *data = (const uint8_t *)TWO_JOBS;
  CHECK(jobview_open_memory(data, sizeof TWO_JOBS - 1, NULL, &stream, &error) == JOBVIEW_CODE_OK);
  CHECK(error.code == JOBVIEW_CODE_OK && error.message[0] == 0);
  struct ArrowSchema schema;
  CHECK(stream.get_schema(&stream, &schema) == 0);
  CHECK(schema.n_children == 10 && strcmp(schema.children[1]->name, "id") == 0);
  CHECK(strcmp(schema.children[1]->format, "u") == 0 && schema.children[2]->dictionary != NULL);
  schema.release(&schema);
  struct ArrowArray batch;
  CHECK(stream.get_next(&stream, &batch) == 0 && batch.length == 2);
  const struct ArrowArray *ids = batch.children[1];
  const int32_t *ends = (const int32_t *)ids->buffers[1];
  CHECK(ends[0] == 0 && ends[1] == 1 && ends[2] == 2 && memcmp(ids->buffers[2], "ab", 2) == 0);
  CHECK(((const int64_t *)batch.children[3]->buffers[1])[1] == 1000000);
  batch.release(&batch);
  CHECK(rows_of(&stream, message, sizeof message) == 0);
  stream.release(&stream);
  CHECK(stream.release == NULL);

  /* Nothing has no rows, wherever it is said to be. */
  CHECK(jobview_open_memory(NULL, 0, NULL, &stream, NULL) == JOBVIEW_CODE_OK);
  CHECK(rows_of(&stream, message, sizeof message) == 0);
  stream.release(&stream);
}

static void rejects(const char *path) {
  struct ArrowArrayStream stream;
  jobview_error error;
  char message[512];
  CHECK(jobview_open_path(path, NULL, &stream, &error) == JOBVIEW_CODE_OK);
  /* The row before the bad record comes first. */
  struct ArrowArray batch;
  CHECK(stream.get_next(&stream, &batch) == 0 && batch.length == 1);
  batch.release(&batch);
  CHECK(rows_of(&stream, message, sizeof message) == -1 && strstr(message, "line 2") != NULL);
  stream.release(&stream);

  jobview_options options = options_of("rejects");
  CHECK(jobview_open_path(path, &options, &stream, &error) == JOBVIEW_CODE_OK);
  CHECK(rows_of(&stream, message, sizeof message) == 1);
  stream.release(&stream);

  letters seen = {0, 0};
  options = options_of(NULL);
  options.on_reject = note;
  options.context = &seen;
  CHECK(jobview_open_path(path, &options, &stream, &error) == JOBVIEW_CODE_OK);
  CHECK(rows_of(&stream, message, sizeof message) == 2 && seen.count == 1);
  stream.release(&stream);

  seen.answer = 7;
  CHECK(jobview_open_path(path, &options, &stream, &error) == JOBVIEW_CODE_OK);
  CHECK(stream.get_next(&stream, &batch) == 0 && batch.length == 1);
  batch.release(&batch);
  CHECK(rows_of(&stream, message, sizeof message) == -1 && strstr(message, "returned 7") != NULL);
  stream.release(&stream);

  /* A stream need not be read. */
  CHECK(jobview_open_path(path, &options, &stream, &error) == JOBVIEW_CODE_OK);
  stream.release(&stream);
}

static void reader(void) {
  struct ArrowArrayStream stream;
  jobview_error error;
  char message[512];
  letters seen = {0, 0};
  jobview_options options = options_of(NULL);
  options.on_reject = note;
  options.context = &seen;
  for (size_t at_once = 1; at_once < sizeof ONE_IS_BAD; at_once += 13) {
    source from = {ONE_IS_BAD, sizeof ONE_IS_BAD - 1, at_once, 0};
    CHECK(jobview_open_reader(read_some, &from, &options, &stream, &error) == JOBVIEW_CODE_OK);
    CHECK(rows_of(&stream, message, sizeof message) == 2);
    stream.release(&stream);
  }
  const ptrdiff_t wrong[] = {-1, -22, 1, 1000};
  for (size_t n = 0; n < sizeof wrong / sizeof *wrong; n++) {
    source from = {TWO_JOBS, sizeof TWO_JOBS - 1, 50, wrong[n]};
    CHECK(jobview_open_reader(read_some, &from, &options, &stream, &error) == JOBVIEW_CODE_OK);
    struct ArrowArray batch;
    while (stream.get_next(&stream, &batch) == 0 && batch.release != NULL) {
      batch.release(&batch);
    }
    CHECK(strstr(stream.get_last_error(&stream), "read returned") != NULL);
    stream.release(&stream);
  }
}

static void wrong_calls(const char *path) {
  struct ArrowArrayStream stream;
  jobview_error error;
  const uint8_t *data = (const uint8_t *)TWO_JOBS;
  const size_t len = sizeof TWO_JOBS - 1;
  CHECK(jobview_open_path(NULL, NULL, &stream, &error) == JOBVIEW_CODE_USAGE);
  CHECK(strcmp(error.message, "path is NULL") == 0 && error.line == 0 && error.kind[0] == 0);
  CHECK(jobview_open_path("/there is no such file", NULL, &stream, &error) == JOBVIEW_CODE_IO);
  CHECK(strstr(error.message, "there is no such file") != NULL);
  CHECK(jobview_open_path(path, NULL, NULL, &error) == JOBVIEW_CODE_USAGE);
  CHECK(jobview_open_memory(NULL, 1, NULL, &stream, &error) == JOBVIEW_CODE_USAGE);
  CHECK(jobview_open_memory(data, SIZE_MAX, NULL, &stream, &error) == JOBVIEW_CODE_USAGE);
  CHECK(jobview_open_reader(NULL, NULL, NULL, &stream, &error) == JOBVIEW_CODE_USAGE);
  CHECK(jobview_options_init(NULL, sizeof(jobview_options), &error) == JOBVIEW_CODE_USAGE);
  jobview_options options;
  CHECK(jobview_options_init(&options, sizeof options - 1, &error) == JOBVIEW_CODE_USAGE);
  memset(&options, 0, sizeof options);
  CHECK(jobview_open_memory(data, len, &options, &stream, &error) == JOBVIEW_CODE_USAGE);
  CHECK(strstr(error.message, "jobview_options_init") != NULL);

  /* Each text that is not one of those that there are: the error lists them. */
  const struct {
    size_t where;
    const char *text;
    const char *names;
  } wrong[] = {
      {offsetof(jobview_options, kind), "letter", "response, compound, page"},
      {offsetof(jobview_options, framing), "lines", "ndjson, array, concatenated"},
      {offsetof(jobview_options, at), "data", "at is \"data\""},
      {offsetof(jobview_options, timestamps), "keep", "reject, null, text"},
      {offsetof(jobview_options, table), "people", "jobs, lists, import_errors"},
      {offsetof(jobview_options, columns), "id,colour", "created_at"},
      {offsetof(jobview_options, columns), "id,id", "id"},
      {offsetof(jobview_options, kind), "\xff", "kind is not UTF-8"},
  };
  for (size_t n = 0; n < sizeof wrong / sizeof *wrong; n++) {
    options = options_of(NULL);
    memcpy((char *)&options + wrong[n].where, &wrong[n].text, sizeof wrong[n].text);
    CHECK(jobview_open_memory(data, len, &options, &stream, &error) == JOBVIEW_CODE_USAGE);
    CHECK(strstr(error.message, wrong[n].names) != NULL);
    CHECK(jobview_open_memory(data, len, &options, &stream, NULL) == JOBVIEW_CODE_USAGE);
  }
  options = options_of(NULL);
  options.max_depth = UINT16_MAX;
  CHECK(jobview_open_memory(data, len, &options, &stream, &error) == JOBVIEW_CODE_USAGE);
  options = options_of(NULL);
  options.kind = "errors";
  options.sparse = 1;
  CHECK(jobview_open_memory(data, len, &options, &stream, &error) == JOBVIEW_CODE_USAGE);
}

static int64_t rows_with(const jobview_options *options, const char *json) {
  struct ArrowArrayStream stream;
  char message[512];
  const uint8_t *data = (const uint8_t *)json;
  CHECK(jobview_open_memory(data, strlen(json), options, &stream, NULL) == JOBVIEW_CODE_OK);
  int64_t rows = rows_of(&stream, message, sizeof message);
  stream.release(&stream);
  return rows;
}

static void choices(void) {
  jobview_options options = options_of(NULL);
  const char *array = "[" JOB("a") "," JOB("b") "]";
  CHECK(rows_with(&options, array) == 2);
  options.framing = "ndjson";
  CHECK(rows_with(&options, array) == -1);

  options = options_of(NULL);
  options.at = "/body";
  CHECK(rows_with(&options, "{\"body\":" JOB("a") "}") == 1);

  options = options_of(NULL);
  const char *unnamed = "{\"data\":{\"type\":\"profile-bulk-import-job\",\"id\":\"a\",\"links\":{\"self\":\"/\"}}}";
  CHECK(rows_with(&options, unnamed) == -1);
  options.sparse = 1;
  CHECK(rows_with(&options, unnamed) == 1);
  options.kind = "page";
  CHECK(rows_with(&options, unnamed) == -1);

  const char *odd = "{\"data\":{\"type\":\"profile-bulk-import-job\",\"id\":\"a\",\"links\":{\"self\":\"/\"},\"new\":1,"
                    "\"attributes\":{\"status\":\"lost\",\"created_at\":\"today\",\"total_count\":7}}}";
  options = options_of(NULL);
  options.timestamps = "text";
  CHECK(rows_with(&options, odd) == -1);
  options.keep_unknown_statuses = 1;
  CHECK(rows_with(&options, odd) == -1);
  options.status_as_text = 1;
  CHECK(rows_with(&options, odd) == 1);
  options.timestamps = "null";
  CHECK(rows_with(&options, odd) == 1);
  options.timestamps = "reject";
  CHECK(rows_with(&options, odd) == -1);
  options.timestamps = "null";
  options.reject_unknown_members = 1;
  CHECK(rows_with(&options, odd) == -1);
  options.reject_unknown_members = 0;
  options.max_depth = 2;
  CHECK(rows_with(&options, odd) == -1);
  options.max_depth = 0;
  options.max_record_bytes = 20;
  CHECK(rows_with(&options, odd) == -1);

  options = options_of("errors");
  options.columns = "detail, status";
  options.batch_rows = 1;
  options.file = "answers";
  CHECK(rows_with(&options, "{\"errors\":[{\"detail\":\"no\"}]}{\"errors\":[{\"detail\":\"no\"}]}") == 2);
}

int main(int count, char **arguments) {
  CHECK(count == 2);
  CHECK(jobview_abi_version() == JOBVIEW_ABI_VERSION && strchr(jobview_version(), '.') != NULL);
  memory();
  rejects(arguments[1]);
  reader();
  wrong_calls(arguments[1]);
  choices();
  return 0;
}
