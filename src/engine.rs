//! The generic types of the engine, with job responses as the default kind of document.

use crate::documents::JobResponse;

/// [`gapwise::Parser`]: parses job responses, or documents of another [kind](crate::Document).
/// Its methods are on the page of [`gapwise::Parser`].
///
/// Keep one parser for as long as a stream lasts: it learns how the producer writes its documents, and is several times
/// faster from the third document on.
///
/// ```
/// use jobview::{Arena, ErrorKind, JobPage, Parser};
///
/// let arena = Arena::new();
/// let mut parser = Parser::<JobPage>::new();
/// assert!(parser.parse(br#"{"data": []}"#, &arena)?.data.is_empty());
///
/// let error = parser.parse(br#"{"errors": []}"#, &arena).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::WrongKind);
/// assert_eq!(error.message(), "expected a page of jobs, found an error response");
/// # Ok::<(), jobview::Error>(())
/// ```
pub type Parser<D = JobResponse<'static>> = gapwise::Parser<D>;

/// [`gapwise::Batch`]: all records of an input. [`Jobs`](crate::Jobs) iterates over the jobs in it.
/// Its methods are on the page of [`gapwise::Batch`].
///
/// ```
/// use jobview::{Arena, Batch, Parser};
///
/// let (arena, mut parser): (_, Parser) = (Arena::new(), Parser::new());
/// let batch: Batch = parser.parse_batch(b"{}\n{}\n", &arena);
/// assert_eq!((batch.documents().len(), batch.rejected().len()), (0, 2));
/// ```
pub type Batch<'a, V = JobResponse<'a>> = gapwise::Batch<'a, V>;

/// [`gapwise::Records`]: the records of an input, parsed one by one as they are asked for.
/// Its methods are on the page of [`gapwise::Records`].
///
/// ```
/// use jobview::{Arena, Parser, Records};
///
/// let (arena, mut parser) = (Arena::new(), Parser::new());
/// let mut records: Records = parser.records(b"{\"data\":null}", &arena);
/// assert_eq!(records.next().unwrap().unwrap_err().error.pointer(), "/data");
/// ```
pub type Records<'p, 'a, D = JobResponse<'static>> = gapwise::Records<'p, 'a, D>;

/// [`gapwise::Record`]: a document, or why it was rejected.
///
/// ```
/// use jobview::{Arena, Parser, Record};
///
/// fn id<'a>(record: &Record<'a>) -> Option<&'a str> {
///     record.as_ref().ok().map(|response| response.data.id)
/// }
///
/// let (arena, mut parser): (_, Parser) = (Arena::new(), Parser::new());
/// assert!(parser.records(b"{} {}", &arena).all(|record| id(&record).is_none()));
/// ```
pub type Record<'a, V = JobResponse<'a>> = gapwise::Record<'a, V>;

/// [`gapwise::BatchReader`]: batches from a reader.
/// Its methods are on the page of [`gapwise::BatchReader`].
///
/// ```no_run
/// # fn read(mut reader: jobview::BatchReader<std::fs::File>) -> std::io::Result<()> {
/// while let Some(batch) = reader.next_batch()? {
///     batch.documents().iter().for_each(|response| println!("{}", response.data.id));
/// }
/// # Ok(())
/// # }
/// ```
pub type BatchReader<R, D = JobResponse<'static>> = gapwise::BatchReader<R, D>;

/// [`gapwise::BatchFeed`]: batches from bytes as they arrive.
/// Its methods are on the page of [`gapwise::BatchFeed`].
///
/// ```
/// use jobview::{BatchFeed, JobPage, Parser};
///
/// let feed: BatchFeed = Parser::new().into_feed();
/// let feed_of_pages: BatchFeed<JobPage> = Parser::new().into_feed();
/// # drop((feed, feed_of_pages));
/// ```
pub type BatchFeed<D = JobResponse<'static>> = gapwise::BatchFeed<D>;

/// [`gapwise::Workers`]: batches parsed by several threads.
/// Its methods are on the page of [`gapwise::Workers`].
///
/// ```
/// use jobview::{Parser, Workers};
/// use std::num::NonZeroUsize;
///
/// let mut workers: Workers = Parser::new().into_workers(NonZeroUsize::MIN);
/// let rejected: usize = workers.map(b"{}\n{}\n", |batch| batch.rejected().len()).into_iter().sum();
/// assert_eq!(rejected, 2);
/// ```
pub type Workers<D = JobResponse<'static>> = gapwise::Workers<D>;

/// [`gapwise::BatchDecoder`]: batches that own their bytes, and with the feature `tokio` a codec for asynchronous
/// readers (feature `bytes`).
///
/// ```
/// use jobview::{BatchDecoder, Parser};
///
/// let decoder: BatchDecoder = Parser::new().decoder();
/// # drop(decoder);
/// ```
#[cfg(feature = "bytes")]
pub type BatchDecoder<D = JobResponse<'static>> = gapwise::BatchDecoder<D>;
