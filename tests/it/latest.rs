//! The newest state of each job, in whichever order its states are seen.

use jobview::views::AnyJob;
use jobview::{Answer as _, Arena, JobDocument, Latest, Parser};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed};

/// A state of a job: its identifier, status, and how many operations are done and have failed.
fn state(id: &str, status: &str, done: u32, failed: u32) -> String {
    format!(
        r#"{{"data":{{"type":"profile-bulk-import-job","id":"{id}","attributes":{{"status":"{status}",
        "created_at":"2026-09-04T13:40:00Z","total_count":9,"completed_count":{done},"failed_count":{failed}}},
        "links":{{"self":"/"}}}}}}"#
    )
}

fn latest(states: &[&String]) -> Vec<(String, String, i64)> {
    let stream = states.iter().map(|state| state.as_str()).collect::<String>();
    let arena = Arena::new();
    let batch = Parser::<JobDocument>::new().parse_batch(stream.as_bytes(), &arena);
    assert_eq!(batch.documents().len(), states.len());
    let mut latest = Latest::<AnyJob<'_>>::new();
    for document in batch.documents() {
        document.any_jobs().for_each(|job| latest.note(&job, || job));
    }
    let of = |job: AnyJob<'_>| {
        let attributes = job.attributes;
        let status = attributes.status.unwrap().to_string();
        (job.id.to_owned(), status, attributes.completed_count.unwrap())
    };
    assert!(latest.get("profile-bulk-import-job", "a").is_some());
    assert!(latest.get("catalog-item-bulk-create-job", "a").is_none());
    assert_eq!((latest.len(), latest.is_empty()), (latest.clone().into_iter().len(), false));
    latest.into_iter().map(of).collect()
}

#[test]
fn the_order_in_which_states_are_seen_does_not_matter() {
    let states = [
        state("a", "queued", 0, 0),
        state("a", "processing", 1, 0),
        state("a", "processing", 1, 2),
        state("a", "complete", 7, 2),
    ];
    for (newest, state) in states.iter().enumerate() {
        let expected = latest(&[state]);
        for older in &states[..newest] {
            assert_eq!(latest(&[older, state]), expected);
            assert_eq!(latest(&[state, older]), expected);
            assert_eq!(latest(&[older, state, older]), expected);
        }
    }
}

#[test]
fn of_equal_states_the_last_one_counts() {
    // Done and failed together are as many.
    let (first, last) = (state("a", "processing", 1, 3), state("a", "processing", 2, 2));
    assert_eq!(latest(&[&first, &last])[0].2, 2);
    assert_eq!(latest(&[&last, &first])[0].2, 1);
}

#[test]
fn jobs_come_in_the_order_in_which_they_were_first_seen() {
    let ids = ["a", "c", "b", "d", "e", "f", "g"];
    let mut states: Vec<_> = ids.iter().map(|id| state(id, "queued", 0, 0)).collect();
    states.extend(ids.iter().rev().map(|id| state(id, "complete", 9, 0)));
    let found = latest(&states.iter().collect::<Vec<_>>());
    assert!(found.iter().map(|(id, ..)| id.as_str()).eq(ids));
    assert!(found.iter().all(|(_, status, _)| status == "complete"));
}

proptest! {
    #![proptest_config(Config {
        cases: 400, rng_seed: RngSeed::Fixed(12), failure_persistence: None, ..Config::default()
    })]

    #[test]
    fn parts_of_a_stream_merge_to_what_the_whole_has(
        states in vec(
            (select(vec!["a", "b", "c", "d"]), select(vec!["queued", "processing", "complete"]), 0..3_u32, 0..3_u32),
            0..30,
        ),
        ends in vec(any::<prop::sample::Index>(), 0..5),
    ) {
        // The same identifier in another kind is another job.
        let of = |(n, (id, status, done, failed)): (usize, _)| match n % 5 {
            4 => state(id, status, done, failed).replace("profile-bulk-import", "catalog-item-bulk-create"),
            _ => state(id, status, done, failed),
        };
        let stream: String = states.iter().copied().enumerate().map(of).collect();
        let arena = Arena::new();
        let batch = Parser::<JobDocument<'_>>::new().parse_batch(stream.as_bytes(), &arena);
        let jobs: Vec<AnyJob<'_>> =
            batch.documents().iter().flat_map(|document| document.any_jobs()).collect();
        prop_assert_eq!(jobs.len(), states.len());
        let noted = |range: std::ops::Range<usize>| {
            let mut latest = Latest::new();
            range.for_each(|n| latest.note(&jobs[n], || n));
            latest
        };
        let mut ends: Vec<_> = ends.iter().map(|end| end.index(jobs.len() + 1)).collect();
        ends.sort_unstable();
        ends.push(jobs.len());
        let (mut merged, mut begin) = (Latest::new(), 0);
        for end in ends {
            merged.merge(noted(begin..end), |n, older| {
                assert!(older.is_none_or(|&older: &usize| older < n && jobs[older].id == jobs[n].id));
                n
            });
            begin = end;
        }
        prop_assert_eq!(merged.len(), noted(0..jobs.len()).len());
        prop_assert!(merged.into_iter().eq(noted(0..jobs.len())));
    }
}
