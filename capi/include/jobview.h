/*
 * jobview: Klaviyo job response documents as Arrow streams and plain structs.
 *
 * Made from the source by cbindgen; README.md says how to use it.
 */

#ifndef JOBVIEW_H
#define JOBVIEW_H

#include <stddef.h>
#include <stdint.h>

/* The C data and stream interfaces of Arrow, unless they come from nanoarrow or from Arrow itself. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4
struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};
struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};
#endif
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};
#endif

/*
 Changes with each change of the interface after which programs must be compiled again.
 */
#define JOBVIEW_ABI_VERSION 0

/*
 What became of a call.
 */
typedef enum jobview_code {
  /*
   It was done.
   */
  JOBVIEW_CODE_OK = 0,
  /*
   The document is not valid. The error says where and why.
   */
  JOBVIEW_CODE_REJECTED = 1,
  /*
   The call is wrong: a null pointer, an option that there is not, a size that is not right.
   */
  JOBVIEW_CODE_USAGE = 2,
  /*
   The input could not be read.
   */
  JOBVIEW_CODE_IO = 3,
  /*
   A bug of jobview. Objects that were in use can only be freed.
   */
  JOBVIEW_CODE_BUG = 4,
} jobview_code;

/*
 Parses one document after another, and becomes quicker with each that is like those before. For one thread at a time.
 */
typedef struct jobview_parser jobview_parser;

/*
 What went wrong, and where. Texts end with NUL, and are cut off where there is no room for more.
 */
typedef struct jobview_error {
  /*
   What became of the call.
   */
  enum jobview_code code;
  /*
   The number of the record, from 0.
   */
  uint64_t record;
  /*
   The line of the offending byte, from 1; 0 if the error is not about a byte.
   */
  uint64_t line;
  /*
   Its column, from 1, in bytes.
   */
  uint64_t column;
  /*
   Its offset in the input, from 0.
   */
  uint64_t offset;
  /*
   The error for programs, `wrong-type` for example. Empty if it is not about a document.
   */
  char kind[32];
  /*
   The JSON pointer of the offending value, within the document.
   */
  char pointer[256];
  /*
   The error for people.
   */
  char message[512];
} jobview_error;

/*
 UTF-8 text that ends after `len` bytes, without a NUL behind it. Its `data` is NULL if there is no text.
 */
typedef struct jobview_str {
  /*
   Where it begins.
   */
  const char *data;
  /*
   How many bytes it has.
   */
  size_t len;
} jobview_str;

/*
 A rejected record, or a piece of one.
 */
typedef struct jobview_reject {
  /*
   What is wrong with it, and where.
   */
  struct jobview_error error;
  /*
   Its bytes, which need not be UTF-8.
   */
  struct jobview_str raw;
  /*
   The offset in the input at which it begins, from 0.
   */
  uint64_t record_offset;
  /*
   Not 0: it is the rest of the input, as it is not known where the next record begins.
   */
  uint8_t remainder;
  /*
   Not 0: the next one continues the same record.
   */
  uint8_t more;
} jobview_reject;

/*
 Called for each rejected record, by the thread that asks the stream for the next batch. What it gets is gone when it
 returns. If it does not return 0, the stream ends with an error.
 */
typedef int32_t (*jobview_on_reject)(void *context, const struct jobview_reject *reject);

/*
 Options. `jobview_options_init` gives each its default: zero or NULL, if nothing else is said. Texts end with NUL, and are
 needed only as long as the call that gets the options.
 */
typedef struct jobview_options {
  /*
   `sizeof(jobview_options)`, by which the library knows for which version the program was compiled.
   */
  size_t size;
  /*
   The kind of the documents: `response`, `page`, or another of those that `jobview stats --help` lists. NULL: any.
   */
  const char *kind;
  /*
   Not 0: only some fields were requested. Then no attribute is required.
   */
  uint8_t sparse;
  /*
   Not 0: a member that the schema does not name is an error.
   */
  uint8_t reject_unknown_members;
  /*
   Not 0: a status that the schema does not name is kept.
   */
  uint8_t keep_unknown_statuses;
  /*
   Not 0: statuses are text in tables, not a dictionary.
   */
  uint8_t status_as_text;
  /*
   How records follow one another: `ndjson`, `array` or `concatenated`. NULL: as the input begins.
   */
  const char *framing;
  /*
   The JSON pointer of the document in each record, for documents in an envelope. NULL: the record is the document.
   */
  const char *at;
  /*
   What becomes of a time that is none: `reject` its document, make it `null`, or keep all times as `text`. NULL:
   `reject`.
   */
  const char *timestamps;
  /*
   The deepest nesting that is not an error. 0: 128.
   */
  uint16_t max_depth;
  /*
   The largest record, in bytes. 0: no limit for memory, 64 MiB for what is read.
   */
  size_t max_record_bytes;
  /*
   The table: `jobs`, `lists`, `import_errors`, `errors`, `identifiers` or `rejects`. NULL: `jobs`.
   */
  const char *table;
  /*
   The columns: `core`, `ids`, `all`, or names with commas. NULL: `core`.
   */
  const char *columns;
  /*
   After how many rows a batch is complete. 0: 65,536.
   */
  size_t batch_rows;
  /*
   What the column `_file` says. NULL: the path, or nothing.
   */
  const char *file;
  /*
   Called for each rejected record. NULL: a rejected record ends the stream with an error, but for the table `rejects`.
   */
  jobview_on_reject on_reject;
  /*
   What `on_reject` gets.
   */
  void *context;
} jobview_options;

/*
 A date and time that may be absent.
 */
typedef struct jobview_time {
  /*
   As the document has it.
   */
  struct jobview_str text;
  /*
   Microseconds since 1970-01-01T00:00:00Z; 0 if the text is no date and time.
   */
  int64_t unix_micros;
  /*
   Not 0: the text is a date and time.
   */
  uint8_t is_valid;
} jobview_time;

/*
 An integer that may be absent.
 */
typedef struct jobview_integer {
  /*
   Its value; 0 if it is absent.
   */
  int64_t value;
  /*
   Not 0: there is one.
   */
  uint8_t is_present;
} jobview_integer;

/*
 Identifiers. `data` is NULL if the document does not list them; it is not NULL, and `len` is 0, if there are none.
 */
typedef struct jobview_ids {
  /*
   The first one.
   */
  const struct jobview_str *data;
  /*
   How many there are.
   */
  size_t len;
} jobview_ids;

/*
 A bulk job of any kind. What this kind of job does not have, or the document does not say, is absent.
 */
typedef struct jobview_job {
  /*
   Its `type`.
   */
  struct jobview_str type;
  /*
   Its identifier.
   */
  struct jobview_str id;
  /*
   `cancelled`, `complete`, `processing` or `queued`.
   */
  struct jobview_str status;
  /*
   When the job was created.
   */
  struct jobview_time created_at;
  /*
   When processing began; absent until then.
   */
  struct jobview_time started_at;
  /*
   When the job was completed; absent until then.
   */
  struct jobview_time completed_at;
  /*
   When the job expires.
   */
  struct jobview_time expires_at;
  /*
   How many operations the job has.
   */
  struct jobview_integer total_count;
  /*
   How many operations have been completed.
   */
  struct jobview_integer completed_count;
  /*
   How many operations have failed.
   */
  struct jobview_integer failed_count;
  /*
   How many operations have been skipped.
   */
  struct jobview_integer skipped_count;
  /*
   Lists.
   */
  struct jobview_ids list_ids;
  /*
   Profiles.
   */
  struct jobview_ids profile_ids;
  /*
   Import errors.
   */
  struct jobview_ids import_error_ids;
  /*
   Items of a catalog.
   */
  struct jobview_ids item_ids;
  /*
   Variants of items.
   */
  struct jobview_ids variant_ids;
  /*
   Categories of items.
   */
  struct jobview_ids category_ids;
  /*
   Codes of coupons.
   */
  struct jobview_ids coupon_code_ids;
  /*
   Segments.
   */
  struct jobview_ids segment_ids;
  /*
   Where the job itself is found.
   */
  struct jobview_str self_link;
} jobview_job;

/*
 A list that is included with jobs.
 */
typedef struct jobview_list {
  /*
   Its identifier.
   */
  struct jobview_str id;
  /*
   The name shown to people.
   */
  struct jobview_str name;
  /*
   When it was created.
   */
  struct jobview_time created;
  /*
   When it was last changed.
   */
  struct jobview_time updated;
  /*
   How people confirm that they want to be on it.
   */
  struct jobview_str opt_in_process;
  /*
   Where the list itself is found.
   */
  struct jobview_str self_link;
} jobview_list;

/*
 What went wrong with a profile of an import.
 */
typedef struct jobview_import_error {
  /*
   Unique identifier of the error.
   */
  struct jobview_str id;
  /*
   A code for programs to tell sorts of errors apart.
   */
  struct jobview_str code;
  /*
   The sort of the error, for people.
   */
  struct jobview_str title;
  /*
   What went wrong this time, for people.
   */
  struct jobview_str detail;
  /*
   The part of the request that was the cause: a JSON pointer.
   */
  struct jobview_str source_pointer;
  /*
   The parameter in the query of the URL that was the cause.
   */
  struct jobview_str source_parameter;
  /*
   What was sent for the profile, as JSON text.
   */
  struct jobview_str original_payload;
  /*
   Where the error itself is found.
   */
  struct jobview_str self_link;
} jobview_import_error;

/*
 Why a request failed, or what went wrong with an operation of a job.
 */
typedef struct jobview_api_error {
  /*
   The job whose operation went wrong; absent if the request failed.
   */
  struct jobview_str job_id;
  /*
   Unique identifier of this occurrence.
   */
  struct jobview_str id;
  /*
   The HTTP status code.
   */
  struct jobview_integer status;
  /*
   A code for programs to tell sorts of errors apart.
   */
  struct jobview_str code;
  /*
   The sort of the error, for people.
   */
  struct jobview_str title;
  /*
   What went wrong this time, for people.
   */
  struct jobview_str detail;
  /*
   The part of the request that was the cause: a JSON pointer.
   */
  struct jobview_str source_pointer;
  /*
   The parameter in the query of the URL that was the cause.
   */
  struct jobview_str source_parameter;
  /*
   More about the error, as JSON text.
   */
  struct jobview_str meta;
} jobview_api_error;

/*
 A document. Where it has none of something, the pointer is not NULL, and the number is 0.
 */
typedef struct jobview_answer {
  /*
   Its kind: `response`, `page`, or another of those that `jobview stats --help` lists.
   */
  struct jobview_str kind;
  /*
   The first job.
   */
  const struct jobview_job *jobs;
  /*
   How many jobs there are.
   */
  size_t job_count;
  /*
   The first included list.
   */
  const struct jobview_list *lists;
  /*
   How many lists there are.
   */
  size_t list_count;
  /*
   The first import error.
   */
  const struct jobview_import_error *import_errors;
  /*
   How many import errors there are.
   */
  size_t import_error_count;
  /*
   The first error.
   */
  const struct jobview_api_error *errors;
  /*
   How many errors there are.
   */
  size_t error_count;
  /*
   The `type` of the identifiers of a page of identifiers; absent if there are none.
   */
  struct jobview_str identifier_type;
  /*
   The identifiers of such a page; absent in other documents.
   */
  struct jobview_ids identifiers;
  /*
   The URI of the next page; absent on the last page, and where there are no pages.
   */
  struct jobview_str next;
} jobview_answer;

/*
 Reads up to `len` bytes to `to`, and returns how many; 0 at the end, and a negative number if they cannot be read. It is
 called by the thread that asks the stream for the next batch.
 */
typedef ptrdiff_t (*jobview_read)(void *context, uint8_t *to, size_t len);

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/*
 `JOBVIEW_ABI_VERSION` of the library. A program compares it with that of its header.
 */
uint32_t jobview_abi_version(void);

/*
 The version of the library, for people. It is never freed.
 */
const char *jobview_version(void);

/*
 Makes a parser. `parser` is written only if the result is `JOBVIEW_CODE_OK`. Then it is the caller's, who frees it with
 `jobview_parser_free`.

 # Safety

 All pointers are NULL or point at what their types say.
 */
enum jobview_code jobview_parser_new(const struct jobview_options *options,
                                     struct jobview_parser **parser,
                                     struct jobview_error *error);

/*
 Frees a parser, and the answer that it has given. NULL is allowed.

 # Safety

 It is NULL, or has been made by `jobview_parser_new` and not been freed.
 */
void jobview_parser_free(struct jobview_parser *parser);

/*
 Parses a document. `answer` is written only if the result is `JOBVIEW_CODE_OK`. It and all that it points at are there until
 the parser is used again or freed; the texts also need `data`, which must not change or go before.

 # Safety

 All pointers are NULL or point at what their types say, and `data` at `len` bytes. No other thread uses the parser.
 */
enum jobview_code jobview_parse(struct jobview_parser *parser,
                                const uint8_t *data,
                                size_t len,
                                struct jobview_answer *answer,
                                struct jobview_error *error);

/*
 Gives options their defaults. `size` is `sizeof(jobview_options)`.

 # Safety

 `options` is NULL or points at `size` bytes; `error` is NULL or points at an error.
 */
enum jobview_code jobview_options_init(struct jobview_options *options,
                                       size_t size,
                                       struct jobview_error *error);

/*
 Reads a file.

 `stream` is written only if the result is `JOBVIEW_CODE_OK`. Then it is the caller's, who calls its `release`.

 # Safety

 All pointers are NULL or point at what their types say. What `stream` held before is not released.
 */
enum jobview_code jobview_open_path(const char *path,
                                    const struct jobview_options *options,
                                    struct ArrowArrayStream *stream,
                                    struct jobview_error *error);

/*
 Reads bytes in memory. They must not change or go until the stream has been released.

 `stream` is written only if the result is `JOBVIEW_CODE_OK`. Then it is the caller's, who calls its `release`.

 # Safety

 All pointers are NULL or point at what their types say, and `data` at `len` bytes. What `stream` held before is not
 released.
 */
enum jobview_code jobview_open_memory(const uint8_t *data,
                                      size_t len,
                                      const struct jobview_options *options,
                                      struct ArrowArrayStream *stream,
                                      struct jobview_error *error);

/*
 Reads what a function reads, until the stream has been released.

 `stream` is written only if the result is `JOBVIEW_CODE_OK`. Then it is the caller's, who calls its `release`.

 # Safety

 All pointers are NULL or point at what their types say. What `stream` held before is not released.
 */
enum jobview_code jobview_open_reader(jobview_read read,
                                      void *context,
                                      const struct jobview_options *options,
                                      struct ArrowArrayStream *stream,
                                      struct jobview_error *error);

/*
 Gives options their defaults. `size` is `sizeof(jobview_options)`.

 # Safety

 `options` is NULL or points at `size` bytes; `error` is NULL or points at an error.
 */
enum jobview_code jobview_options_init(struct jobview_options *options,
                                       size_t size,
                                       struct jobview_error *error);

/*
 Reads a file.

 `stream` is written only if the result is `JOBVIEW_CODE_OK`. Then it is the caller's, who calls its `release`.

 # Safety

 All pointers are NULL or point at what their types say. What `stream` held before is not released.
 */
enum jobview_code jobview_open_path(const char *path,
                                    const struct jobview_options *options,
                                    struct ArrowArrayStream *stream,
                                    struct jobview_error *error);

/*
 Reads bytes in memory. They must not change or go until the stream has been released.

 `stream` is written only if the result is `JOBVIEW_CODE_OK`. Then it is the caller's, who calls its `release`.

 # Safety

 All pointers are NULL or point at what their types say, and `data` at `len` bytes. What `stream` held before is not
 released.
 */
enum jobview_code jobview_open_memory(const uint8_t *data,
                                      size_t len,
                                      const struct jobview_options *options,
                                      struct ArrowArrayStream *stream,
                                      struct jobview_error *error);

/*
 Reads what a function reads, until the stream has been released.

 `stream` is written only if the result is `JOBVIEW_CODE_OK`. Then it is the caller's, who calls its `release`.

 # Safety

 All pointers are NULL or point at what their types say. What `stream` held before is not released.
 */
enum jobview_code jobview_open_reader(jobview_read read,
                                      void *context,
                                      const struct jobview_options *options,
                                      struct ArrowArrayStream *stream,
                                      struct jobview_error *error);

/*
 Makes a parser. `parser` is written only if the result is `JOBVIEW_CODE_OK`. Then it is the caller's, who frees it with
 `jobview_parser_free`.

 # Safety

 All pointers are NULL or point at what their types say.
 */
enum jobview_code jobview_parser_new(const struct jobview_options *options,
                                     struct jobview_parser **parser,
                                     struct jobview_error *error);

/*
 Frees a parser, and the answer that it has given. NULL is allowed.

 # Safety

 It is NULL, or has been made by `jobview_parser_new` and not been freed.
 */
void jobview_parser_free(struct jobview_parser *parser);

/*
 Parses a document. `answer` is written only if the result is `JOBVIEW_CODE_OK`. It and all that it points at are there until
 the parser is used again or freed; the texts also need `data`, which must not change or go before.

 # Safety

 All pointers are NULL or point at what their types say, and `data` at `len` bytes. No other thread uses the parser.
 */
enum jobview_code jobview_parse(struct jobview_parser *parser,
                                const uint8_t *data,
                                size_t len,
                                struct jobview_answer *answer,
                                struct jobview_error *error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* JOBVIEW_H */
