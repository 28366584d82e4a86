/* One document after another as plain structs, with every error. */
#include "check.h"

static jobview_answer parsed(jobview_parser *parser, const char *json) {
  jobview_answer answer;
  jobview_error error;
  jobview_code code = jobview_parse(parser, (const uint8_t *)json, strlen(json), &answer, &error);
  if (code != JOBVIEW_CODE_OK) {
    fprintf(stderr, "%s: %s\n", error.pointer, error.message);
  }
  CHECK(code == JOBVIEW_CODE_OK);
  return answer;
}

static void documents(jobview_parser *parser) {
  jobview_answer answer = parsed(
      parser,
      "{\"data\":[{\"type\":\"profile-bulk-import-job\",\"id\":\"a\",\"links\":{\"self\":\"/a\"},"
      "\"attributes\":{\"status\":\"complete\",\"created_at\":\"1970-01-01T00:00:01Z\",\"total_count\":7,"
      "\"failed_count\":0,\"completed_at\":\"1970-01-01T01:00:02+01:00\"},\"relationships\":{\"lists\":"
      "{\"data\":[{\"type\":\"list\",\"id\":\"x\"},{\"type\":\"list\",\"id\":\"\\u00e9\"}]},\"profiles\":{\"data\":[]}}}],"
      "\"links\":{\"self\":\"/\",\"next\":\"/next\"},\"included\":[{\"type\":\"list\",\"id\":\"x\",\"links\":{\"self\":\"/x\"},"
      "\"attributes\":{\"name\":\"News\",\"created\":\"1970-01-01T00:00:03Z\"}}]}");
  CHECK(is(answer.kind, "page") && answer.job_count == 1 && is(answer.next, "/next"));
  const jobview_job *job = answer.jobs;
  CHECK(is(job->type, "profile-bulk-import-job") && is(job->id, "a") && is(job->status, "complete"));
  CHECK(is(job->created_at.text, "1970-01-01T00:00:01Z") && job->created_at.is_valid);
  CHECK(job->created_at.unix_micros == 1000000 && job->completed_at.unix_micros == 2000000);
  CHECK(job->started_at.text.data == NULL && !job->started_at.is_valid);
  CHECK(job->total_count.is_present && job->total_count.value == 7);
  CHECK(job->failed_count.is_present && job->failed_count.value == 0);
  CHECK(!job->completed_count.is_present && !job->skipped_count.is_present);
  CHECK(job->list_ids.len == 2 && is(job->list_ids.data[0], "x"));
  CHECK(is(job->list_ids.data[1], "\xc3\xa9"));
  CHECK(job->profile_ids.len == 0 && job->profile_ids.data != NULL);
  CHECK(job->import_error_ids.len == 0 && job->import_error_ids.data == NULL);
  CHECK(is(job->self_link, "/a"));
  CHECK(answer.list_count == 1 && is(answer.lists->id, "x") && is(answer.lists->name, "News"));
  CHECK(answer.lists->created.unix_micros == 3000000 && answer.lists->updated.text.data == NULL);
  CHECK(is(answer.lists->self_link, "/x") && answer.lists->opt_in_process.data == NULL);
  CHECK(answer.error_count == 0 && answer.import_error_count == 0);
  CHECK(answer.identifiers.data == NULL && answer.identifier_type.data == NULL);

  answer = parsed(parser, "{\"errors\":[{\"status\":404,\"detail\":\"no\",\"source\":{\"pointer\":\"/p\"},\"meta\":{\"a\":1}}]}");
  CHECK(is(answer.kind, "errors") && answer.job_count == 0 && answer.error_count == 1);
  CHECK(answer.errors->status.value == 404 && is(answer.errors->detail, "no"));
  CHECK(is(answer.errors->source_pointer, "/p") && is(answer.errors->meta, "{\"a\":1}"));
  CHECK(answer.errors->job_id.data == NULL && answer.errors->code.data == NULL);

  answer = parsed(parser, "{\"data\":[{\"type\":\"list\",\"id\":\"a\"},{\"type\":\"list\",\"id\":\"b\"}]}");
  CHECK(is(answer.kind, "identifiers") && is(answer.identifier_type, "list"));
  CHECK(answer.identifiers.len == 2 && is(answer.identifiers.data[1], "b"));

  answer = parsed(parser, "{\"data\":[{\"type\":\"import-error\",\"id\":\"e\",\"links\":{\"self\":\"/e\"},\"attributes\":"
                          "{\"code\":\"c\",\"title\":\"t\",\"detail\":\"d\",\"source\":{},\"original_payload\":[1]}}],"
                          "\"links\":{\"self\":\"/\"}}");
  CHECK(is(answer.kind, "import-errors") && answer.import_error_count == 1);
  CHECK(is(answer.import_errors->id, "e") && is(answer.import_errors->original_payload, "[1]"));
  CHECK(answer.next.data == NULL);
}

static void errors(jobview_parser *parser) {
  jobview_answer answer;
  jobview_error error;
  const char *json = "{\n\"data\": {\"type\": \"profile-bulk-import-job\",\n  \"id\": 7}}";
  const uint8_t *data = (const uint8_t *)json;
  memset(&answer, 1, sizeof answer);
  CHECK(jobview_parse(parser, data, strlen(json), &answer, &error) == JOBVIEW_CODE_REJECTED);
  CHECK(error.record == 0 && error.line == 3 && error.column == 9 && data[error.offset] == '7');
  CHECK(strcmp(error.kind, "wrong-type") == 0 && strcmp(error.pointer, "/data/id") == 0);
  CHECK(jobview_parse(parser, data, strlen(json), &answer, NULL) == JOBVIEW_CODE_REJECTED);
  CHECK(jobview_parse(parser, data, 0, &answer, &error) == JOBVIEW_CODE_REJECTED);
  CHECK(jobview_parse(parser, NULL, 1, &answer, &error) == JOBVIEW_CODE_USAGE);
  CHECK(jobview_parse(parser, data, strlen(json), NULL, &error) == JOBVIEW_CODE_USAGE);
  CHECK(jobview_parse(NULL, data, strlen(json), &answer, &error) == JOBVIEW_CODE_USAGE);
  CHECK(jobview_parser_new(NULL, NULL, &error) == JOBVIEW_CODE_USAGE);

  /* Texts of errors have limits, and are cut off between characters. */
  char deep[2000];
  int end = snprintf(deep, sizeof deep, "{\"errors\":[{\"detail\":\"");
  for (int n = 0; n < 500; n++) {
    end += snprintf(deep + end, sizeof deep - (size_t)end, "\xc3\xa9");
  }
  snprintf(deep + end, sizeof deep - (size_t)end, "\",\"status\":\"x\"}]}");
  CHECK(jobview_parse(parser, (const uint8_t *)deep, strlen(deep), &answer, &error) == JOBVIEW_CODE_REJECTED);
  CHECK(strlen(error.message) < sizeof error.message);
}

int main(void) {
  jobview_parser *parser = NULL;
  CHECK(jobview_parser_new(NULL, &parser, NULL) == JOBVIEW_CODE_OK && parser != NULL);
  for (int n = 0; n < 100; n++) {
    documents(parser);
    errors(parser);
  }
  jobview_parser_free(parser);
  jobview_parser_free(NULL);

  jobview_options options = options_of(NULL);
  options.timestamps = "null";
  CHECK(jobview_parser_new(&options, &parser, NULL) == JOBVIEW_CODE_OK);
  jobview_answer answer = parsed(
      parser, "{\"data\":{\"type\":\"profile-bulk-import-job\",\"id\":\"a\",\"links\":{\"self\":\"/\"},"
              "\"attributes\":{\"status\":\"queued\",\"created_at\":\"today\",\"total_count\":7}}}");
  CHECK(is(answer.jobs->created_at.text, "today") && !answer.jobs->created_at.is_valid);
  jobview_parser_free(parser);
  return 0;
}
