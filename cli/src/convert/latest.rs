//! The newest state of each job: rows that are kept in memory until all inputs have been read.
//!
//! Rows of older states stay in their batches until they take more than the newest ones; then these are copied. So memory
//! is bounded by the jobs, not by their states. Batches are cut to some megabytes: the offsets of a column have 32 bits.

use arrow_array::cast::AsArray as _;
use arrow_array::types::Int8Type;
use arrow_array::{Array, ArrayRef, DictionaryArray, RecordBatch};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use arrow_select::interleave::interleave;
use jobview::Latest;
use std::io;
use std::num::NonZeroU32;
use std::ops::ControlFlow;
use std::sync::Arc;

/// How many rows make a batch when rows are copied.
const ROWS: usize = 16_384;

/// How many bytes of rows make a batch.
const BYTES: u64 = 16 << 20;

/// How many bytes may be wasted, besides as many as are needed.
const SLACK: u64 = 16 << 20;

/// The size of an offset of text and lists.
const OFFSET: usize = size_of::<i32>();

type Columns = Vec<ArrayRef>;

/// The newest state of each job in a batch of records.
pub(super) struct Newest {
    /// The row of each, if it is to have one.
    jobs: Latest<Option<usize>>,
    columns: Columns,
    /// How many bytes each row takes.
    sizes: Vec<NonZeroU32>,
}

/// The newest state of each job in all batches so far.
pub(super) struct Collection {
    schema: SchemaRef,
    /// The index of each job in `rows`.
    jobs: Latest<usize>,
    /// The row of each job, if it is to have one. The jobs are in the order in which they were first seen.
    rows: Vec<Option<Row>>,
    batches: Vec<Columns>,
    /// How many bytes the batches take.
    taken: u64,
    /// How many of them are those of `rows`.
    needed: u64,
    slack: u64,
}

/// Where a row is. There may be many millions, so it is small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    batch: u32,
    index: u32,
    /// How many bytes it takes, or more than that.
    size: NonZeroU32,
}

/// Batches from which rows are copied. Each goes once nothing is left in it.
struct Source {
    batches: Vec<Columns>,
    /// How many rows are left to copy from each batch.
    left: Vec<usize>,
}

impl Newest {
    /// Takes the rows of a batch. Those of older states may be among them.
    pub(super) fn new(jobs: Latest<Option<usize>>, batch: Option<RecordBatch>) -> Self {
        let mut columns = batch.map_or_else(Vec::new, |batch| batch.into_parts().1);
        // A table under construction has room for more.
        columns.iter_mut().for_each(Array::shrink_to_fit);
        let sizes = sizes(&columns);
        Self { jobs, columns, sizes }
    }
}

impl Collection {
    pub(super) fn new(schema: SchemaRef) -> Self {
        Self {
            schema,
            jobs: Latest::new(),
            rows: Vec::new(),
            batches: Vec::new(),
            taken: 0,
            needed: 0,
            slack: SLACK,
        }
    }

    /// Adds the next batch.
    pub(super) fn merge(&mut self, newest: Newest) -> Result<(), ArrowError> {
        let Newest { jobs, columns, sizes } = newest;
        let batch = narrow(self.batches.len());
        let Self { jobs: known, rows, needed, .. } = self;
        let size = |row: Option<Row>| row.map_or(0, |row| u64::from(row.size.get()));
        known.merge(jobs, |index, older| {
            let row = index.map(|index| Row { batch, index: narrow(index), size: sizes[index] });
            *needed += size(row);
            match older {
                Some(&job) => {
                    *needed -= size(rows[job]);
                    rows[job] = row;
                    job
                }
                None => {
                    rows.push(row);
                    rows.len() - 1
                }
            }
        });
        if !sizes.is_empty() {
            self.taken += taken(&columns);
            self.batches.push(columns);
        }
        match self.taken > 2 * self.needed + self.slack {
            true => self.compact(),
            false => Ok(()),
        }
    }

    /// Copies the rows that are needed, and lets go of the others.
    fn compact(&mut self) -> Result<(), ArrowError> {
        let mut rows: Vec<&mut Row> = self.rows.iter_mut().flatten().collect();
        // In the order of the batches, so that these go one by one, and hardly more memory is needed meanwhile.
        rows.sort_unstable();
        let mut source = Source::new(std::mem::take(&mut self.batches), &rows);
        self.taken = 0;
        let mut rest = &mut rows[..];
        while let Some((piece, after)) = split(rest) {
            let columns = source.copy(piece)?;
            self.taken += taken(&columns);
            for (index, row) in piece.iter_mut().enumerate() {
                (row.batch, row.index) = (narrow(self.batches.len()), narrow(index));
            }
            self.batches.push(columns);
            rest = after;
        }
        Ok(())
    }

    /// Passes all rows to `write` in batches, until it breaks. Jobs that were seen first come first.
    pub(super) fn finish(
        self,
        mut write: impl FnMut(RecordBatch) -> io::Result<ControlFlow<()>>,
    ) -> io::Result<()> {
        let Self { schema, jobs, mut rows, batches, .. } = self;
        drop(jobs);
        let mut rows: Vec<&mut Row> = rows.iter_mut().flatten().collect();
        let mut source = Source::new(batches, &rows);
        let mut rest = &mut rows[..];
        while let Some((piece, after)) = split(rest) {
            let batch = source
                .copy(piece)
                .and_then(|columns| RecordBatch::try_new(Arc::clone(&schema), columns))
                .map_err(io::Error::other)?;
            if write(batch)?.is_break() {
                return Ok(());
            }
            rest = after;
        }
        Ok(())
    }
}

impl Source {
    /// All `rows` are going to be copied, each once.
    fn new(mut batches: Vec<Columns>, rows: &[&mut Row]) -> Self {
        let mut left = vec![0; batches.len()];
        rows.iter().for_each(|row| left[row.batch as usize] += 1);
        for (batch, _) in batches.iter_mut().zip(&left).filter(|(_, left)| **left == 0) {
            batch.clear();
        }
        Self { batches, left }
    }

    /// Copies some rows, at least one.
    fn copy(&mut self, rows: &[&mut Row]) -> Result<Columns, ArrowError> {
        let mut used: Vec<_> = rows.iter().map(|row| row.batch as usize).collect();
        used.sort_unstable();
        used.dedup();
        let place = |row: &&mut Row| {
            let batch = used.partition_point(|&batch| batch < row.batch as usize);
            (batch, row.index as usize)
        };
        let places: Vec<_> = rows.iter().map(place).collect();
        let column = |index: usize| {
            let columns: Vec<_> = used.iter().map(|&batch| &*self.batches[batch][index]).collect();
            copied(&columns, &places)
        };
        let width = self.batches[used[0]].len();
        let mut columns = (0..width).map(column).collect::<Result<Columns, _>>()?;
        columns.iter_mut().for_each(Array::shrink_to_fit);
        for row in rows {
            let left = &mut self.left[row.batch as usize];
            *left -= 1;
            if *left == 0 {
                self.batches[row.batch as usize] = Vec::new();
            }
        }
        Ok(columns)
    }
}

/// The values at some places of a column that is in several batches.
fn copied(columns: &[&dyn Array], places: &[(usize, usize)]) -> Result<ArrayRef, ArrowError> {
    let Some(first) = columns[0].as_any_dictionary_opt() else {
        return interleave(columns, places);
    };
    // All have the same names. `interleave` does not know that, and would put them one after another.
    let keys: Vec<_> = columns.iter().map(|column| column.as_any_dictionary().keys()).collect();
    let keys = interleave(&keys, places)?.as_primitive::<Int8Type>().clone();
    Ok(Arc::new(DictionaryArray::try_new(keys, Arc::clone(first.values()))?))
}

/// Splits off the rows of one batch: as many as it can have, but at least one.
fn split<'a, 'b>(
    rows: &'a mut [&'b mut Row],
) -> Option<(&'a mut [&'b mut Row], &'a mut [&'b mut Row])> {
    let mut bytes = 0;
    let mut fits = |row: &&mut Row| {
        bytes += u64::from(row.size.get());
        bytes <= BYTES
    };
    let most = rows.iter().take(ROWS).map_while(|row| fits(row).then_some(())).count().max(1);
    rows.split_at_mut_checked(most)
}

/// How many bytes the rows of a batch take, if nothing is wasted.
fn sizes(columns: &[ArrayRef]) -> Vec<NonZeroU32> {
    let mut sizes = vec![0_usize; columns.first().map_or(0, |column| column.len())];
    let mut add = |size: &dyn Fn(usize) -> usize| {
        sizes.iter_mut().enumerate().for_each(|(row, sum)| *sum += size(row));
    };
    let between =
        |offsets: &[i32], begin: usize, end: usize| (offsets[end] - offsets[begin]) as usize;
    for column in columns {
        match column.data_type() {
            DataType::Utf8 => {
                let ends = column.as_string::<i32>().value_offsets();
                add(&|row| OFFSET + between(ends, row, row + 1));
            }
            DataType::List(_) => {
                let lists = column.as_list::<i32>();
                let (ends, texts) = (lists.value_offsets(), lists.values().as_string::<i32>());
                let texts = texts.value_offsets();
                add(&|row| {
                    let (begin, end) = (ends[row] as usize, ends[row + 1] as usize);
                    OFFSET + OFFSET * (end - begin) + between(texts, begin, end)
                });
            }
            DataType::Dictionary(..) => add(&|_| size_of::<i8>()),
            _ => add(&|_| size_of::<i64>()),
        }
    }
    let narrow = |size| NonZeroU32::new(u32::try_from(size).unwrap_or(u32::MAX));
    sizes.into_iter().map(|size| narrow(size).unwrap_or(NonZeroU32::MIN)).collect()
}

/// How many bytes a batch takes.
fn taken(columns: &[ArrayRef]) -> u64 {
    columns.iter().map(|column| column.get_array_memory_size() as u64).sum()
}

/// The number of a row or of a batch, of which there are never so many.
fn narrow(number: usize) -> u32 {
    u32::try_from(number)
        .expect("a batch has less than 2^31 rows, and as many batches have no place")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jobview::{Answer as _, Arena, JobDocument, Parser};
    use jobview_arrow::arrow_60::record_batch;
    use jobview_arrow::{ColumnSet, JobTable, TableOptions};
    use std::collections::HashMap;

    /// A state of a job, of which more operations are done than before. Some have many identifiers.
    fn state(id: usize, done: usize) -> String {
        let profiles: Vec<_> = (0..done % 7 * 20)
            .map(|n| format!(r#"{{"type":"profile","id":"{id}-{n}"}}"#))
            .collect();
        format!(
            r#"{{"data":{{"type":"profile-bulk-import-job","id":"job {id}","attributes":{{
            "status":"processing","created_at":"2026-09-04T13:40:00Z","total_count":900,
            "completed_count":{done}}},"relationships":{{"profiles":{{"data":[{}]}}}},
            "links":{{"self":"/{id}/"}}}}}}"#,
            profiles.join(",")
        )
    }

    /// The rows of some states as a batch of records gives them. Every eleventh is not to have a row.
    fn newest(states: &[(usize, usize)], options: &TableOptions) -> Newest {
        let text: String = states.iter().map(|&(id, done)| state(id, done)).collect();
        let arena = Arena::new();
        let batch = Parser::<JobDocument<'_>>::new().parse_batch(text.as_bytes(), &arena);
        let (mut table, mut noted) = (JobTable::new(options).unwrap(), Latest::new());
        for (document, &(_, done)) in batch.documents().iter().zip(states) {
            let job = document.any_job(0).unwrap();
            noted.note(&job, || {
                let row = (done % 11 != 0).then_some(table.len());
                row.inspect(|_| table.append(job).unwrap())
            });
        }
        Newest::new(noted, Some(record_batch(table.finish()).unwrap()))
    }

    fn column<'a>(batch: &'a RecordBatch, name: &str) -> &'a ArrayRef {
        batch.column_by_name(name).unwrap()
    }

    /// Identifier, done operations and number of profiles of each row.
    fn rows_of(collection: Collection) -> Vec<(String, usize, usize)> {
        let mut found = Vec::new();
        let write = |batch: RecordBatch| {
            let statuses = column(&batch, "status").as_dictionary::<Int8Type>();
            assert_eq!(statuses.values().len(), 4);
            let names = statuses.downcast_dict::<arrow_array::StringArray>().unwrap();
            assert!(names.into_iter().all(|name| name == Some("processing")));
            let done =
                column(&batch, "completed_count").as_primitive::<arrow_array::types::Int64Type>();
            let profiles = column(&batch, "profile_ids").as_list::<i32>();
            for row in 0..batch.num_rows() {
                let id = column(&batch, "id").as_string::<i32>().value(row).to_owned();
                let ids = profiles.value(row);
                let number = id.strip_prefix("job ").unwrap();
                let of_job =
                    |(n, text): (usize, Option<&str>)| text == Some(&format!("{number}-{n}"));
                assert!(ids.as_string::<i32>().iter().enumerate().all(of_job));
                found.push((id, done.value(row) as usize, ids.len()));
            }
            Ok(ControlFlow::Continue(()))
        };
        collection.finish(write).unwrap();
        found
    }

    #[test]
    fn what_is_copied_stays_the_same_and_memory_is_bounded() {
        let options = TableOptions::new().columns(ColumnSet::All);
        let empty = record_batch(JobTable::new(&options).unwrap().finish()).unwrap();
        for (jobs, batch_states, slack) in
            [(40, 25, 0), (40, 1, 4000), (7, 60, 1 << 15), (500, 90, 1 << 20)]
        {
            let mut collection = Collection { slack, ..Collection::new(empty.schema()) };
            let (mut order, mut expected) = (Vec::new(), HashMap::new());
            let (mut seed, mut done, mut copies) = (1_u64, 0, 0);
            for _ in 0..2000 / batch_states {
                let mut states = Vec::new();
                for _ in 0..batch_states {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    let id = (seed >> 33) as usize % jobs;
                    done += 1;
                    states.push((id, done));
                    if expected.insert(id, done).is_none() {
                        order.push(id);
                    }
                }
                let batches = collection.batches.len();
                collection.merge(newest(&states, &options)).unwrap();
                copies += usize::from(collection.batches.len() <= batches);
                assert!(collection.taken <= 2 * collection.needed + slack);
                let taken: u64 = collection.batches.iter().map(|batch| taken(batch)).sum();
                assert_eq!(collection.taken, taken);
            }
            assert_eq!(copies > 0, jobs < 500, "{copies}");
            let expected = order.into_iter().map(|id| (id, expected[&id]));
            let expected = expected.filter(|(_, done)| done % 11 != 0);
            let expected = expected.map(|(id, done)| (format!("job {id}"), done, done % 7 * 20));
            assert!(rows_of(collection).into_iter().eq(expected));
        }
    }

    #[test]
    fn no_batch_is_too_large_for_its_offsets() {
        for (size, count) in [(u32::MAX, 1), (1 << 31, 1), (9 << 20, 1), (1 << 20, 16), (200, ROWS)]
        {
            let size = NonZeroU32::new(size).unwrap();
            let mut rows = vec![Row { batch: 0, index: 0, size }; 2 * count + count.min(2) - 1];
            let mut rows: Vec<_> = rows.iter_mut().collect();
            let (mut rest, mut counts) = (&mut rows[..], Vec::new());
            while let Some((piece, after)) = split(rest) {
                counts.push(piece.len());
                rest = after;
            }
            let expected = if count > 1 { vec![count, count, 1] } else { vec![1, 1] };
            assert_eq!(counts, expected, "{size}");
        }
    }
}
