//! Members with names that hardly ever repeat, anywhere, with any value.
//!
//! Must not add to values that a reader keeps as raw JSON, where every member is known.

use super::assorted::{NOTES, draw_note, draw_number};
use crate::document::{Item, Member};
use crate::identifiers;
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

/// The values of these members may be any JSON, and readers return them unchanged.
const KEPT: [&str; 3] = ["meta", "original_payload", "custom_metadata"];

/// The maximum depth of added objects and arrays.
const DEPTH: u32 = 3;

/// Adds one or more members to a document.
pub(super) fn add(document: &mut Item, random: &mut ChaCha8Rng) {
    strew(document, random);
    add_to(document.members(), random);
}

/// Adds members to one object of four. Inner objects come first, so that nothing is added to what was added.
fn strew(item: &mut Item, random: &mut ChaCha8Rng) {
    match item {
        Item::Array(items) => items.iter_mut().for_each(|item| strew(item, random)),
        Item::Object(members) => {
            let known = members.iter_mut().filter(|member| !KEPT.contains(&&*member.name));
            known.for_each(|member| strew(&mut member.item, random));
            if random.random_ratio(1, 4) {
                add_to(members, random);
            }
        }
        _ => {}
    }
}

/// Adds one or two members to an object.
fn add_to(members: &mut Vec<Member>, random: &mut ChaCha8Rng) {
    for _ in 0..random.random_range(1..=2) {
        insert(members, DEPTH, random);
    }
}

/// Inserts a member anywhere among the others, unless its name is taken.
fn insert(members: &mut Vec<Member>, depth: u32, random: &mut ChaCha8Rng) {
    let place = random.random_range(0..=members.len());
    let member = Member { name: draw_name(random).into(), item: draw_value(depth, random) };
    if members.iter().all(|other| other.name != member.name) {
        members.insert(place, member);
    }
}

/// Letters and a number, which no name in the schema ends with. One name in sixteen is not plain ASCII.
fn draw_name(random: &mut ChaCha8Rng) -> String {
    let letters = random.random_range(2..=16);
    let mut name: String = (0..letters).map(|_| random.random_range('a'..='z')).collect();
    if random.random_ratio(1, 16) {
        name.push(['é', '名', '🎉', '/', '"', '\\'][random.random_range(0..6_usize)]);
    }
    name + &format!("_{}", random.random_range(0..1000))
}

fn draw_value(depth: u32, random: &mut ChaCha8Rng) -> Item {
    let choices = if depth > 0 { 10 } else { 7 };
    match random.random_range(0..choices) {
        0 => Item::Null,
        1 => random.random::<bool>().into(),
        2 => draw_number(random),
        3 => (random.random::<i64>() >> random.random_range(0..63)).into(),
        4 => identifiers::list(random).into(),
        5 => draw_text(random).into(),
        6 => draw_note(random),
        7 => {
            let items = (0..random.random_range(0..=3)).map(|_| draw_value(depth - 1, random));
            items.collect::<Vec<_>>().into()
        }
        _ => {
            let mut members = Vec::new();
            for _ in 0..random.random_range(0..=3) {
                insert(&mut members, depth - 1, random);
            }
            Item::Object(members)
        }
    }
}

/// One to two hundred characters of realistic text.
fn draw_text(random: &mut ChaCha8Rng) -> String {
    let length = random.random_range(1..=200);
    let words =
        NOTES[random.random_range(0..NOTES.len())].chars().chain(" and more of it ".chars());
    words.cycle().take(length).collect()
}
