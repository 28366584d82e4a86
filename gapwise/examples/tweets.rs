//! Tweets, in an array as an API gives them: which hashtags come how often, and what in the array is no tweet.
//!
//! `cargo run --package gapwise --example tweets`

use gapwise::{Arena, Category, Parser, RawJson, View};
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Tweet<'a> {
    id: u64,
    text: &'a str,
    user: User<'a>,
    entities: Entities<'a>,
    coordinates: Option<Point<'a>>,
    favorite_count: u64,
    /// A tweet in a tweet: what recurses is kept as it is written.
    retweeted_status: Option<RawJson<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct User<'a> {
    screen_name: &'a str,
    location: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Entities<'a> {
    hashtags: &'a [Hashtag<'a>],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Hashtag<'a> {
    text: &'a str,
    indices: &'a [u16],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Point<'a> {
    coordinates: &'a [f64],
}

fn main() {
    let answer = include_bytes!("data/tweets.json");
    let arena = Arena::new();
    // The parser sees that it is an array. If it were told so, an item that is no JSON would cost all that follow.
    let batch = Parser::<Tweet>::new().parse_batch(answer, &arena);

    let mut tags = BTreeMap::<&str, usize>::new();
    for tweet in batch.documents().iter().filter(|tweet| tweet.retweeted_status.is_none()) {
        println!("{} ({}): {}", tweet.user.screen_name, tweet.favorite_count, tweet.text);
        if let Some(Point { coordinates: [longitude, latitude] }) = tweet.coordinates {
            println!("  from {latitude} N, {longitude} E");
        }
        tweet.entities.hashtags.iter().for_each(|tag| *tags.entry(tag.text).or_default() += 1);
    }
    println!("{tags:?}");
    assert_eq!(tags, BTreeMap::from([("harbour", 2), ("springtide", 1), ("オーロラ", 1)]));

    // What is JSON and no tweet is something else; what is no JSON, nobody can read.
    for rejected in batch.rejected() {
        println!("{:?}: {rejected}", rejected.error.category());
    }
    let wrong: Vec<_> = batch.rejected().iter().map(|rejected| rejected.error.category()).collect();
    assert_eq!(wrong, [Category::Syntax, Category::Schema]);
}
