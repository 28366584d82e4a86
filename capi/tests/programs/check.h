/* What the programs have in common. */
#ifndef CHECK_H
#define CHECK_H

#include "jobview.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                           \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                              \
      exit(1);                                                                                     \
    }                                                                                              \
  } while (0)

#define ATTRIBUTES                                                                                 \
  "\"attributes\":{\"status\":\"queued\",\"created_at\":\"1970-01-01T00:00:01Z\",\"total_count\":7}"
#define JOB(id)                                                                                    \
  "{\"data\":{\"type\":\"profile-bulk-import-job\",\"id\":\"" id                                   \
  "\",\"links\":{\"self\":\"/\"}," ATTRIBUTES "}}\n"

static inline int is(jobview_str text, const char *expected) {
  return text.data != NULL && text.len == strlen(expected) &&
         memcmp(text.data, expected, text.len) == 0;
}

static inline jobview_options options_of(const char *table) {
  jobview_options options;
  CHECK(jobview_options_init(&options, sizeof options, NULL) == JOBVIEW_CODE_OK);
  options.table = table;
  return options;
}

/* Reads a stream to its end, and returns how many rows it has; -1 and what is wrong if it fails. */
static inline int64_t rows_of(struct ArrowArrayStream *stream, char *message, size_t room) {
  int64_t rows = 0;
  for (;;) {
    struct ArrowArray batch;
    if (stream->get_next(stream, &batch) != 0) {
      snprintf(message, room, "%s", stream->get_last_error(stream));
      return -1;
    }
    if (batch.release == NULL) {
      return rows;
    }
    rows += batch.length;
    batch.release(&batch);
  }
}

#endif
