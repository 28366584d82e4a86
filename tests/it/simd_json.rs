//! Trees of JSON that no schema describes.

use jobview::{Arena, JobResponse, Options, RawJson, TreeError};
use simd_json::prelude::*;

#[test]
fn a_tree_has_the_values_that_were_written() {
    let json = r#" {"a" : [1, -2, 1.5e3, 18446744073709551615, "\ud83d\ude00\/", null, true], "b": {}, "\u0063": "" } "#;
    let arena = Arena::new();
    let raw = RawJson::parse(json).unwrap();
    let tree = raw.to_value(&arena).unwrap();
    assert_eq!(tree.get_str("c"), Some(""));
    assert_eq!(tree["a"][0], 1);
    assert_eq!(tree["a"][1], -2);
    assert_eq!(tree["a"][2], 1.5e3);
    assert_eq!(tree["a"][3], u64::MAX);
    assert_eq!(tree["a"][4], "\u{1f600}/");
    assert!(tree["a"][5].is_null() && tree["a"][6] == true);
    assert_eq!(tree["a"].as_array().unwrap().len(), 7);
    assert!(tree["b"].as_object().unwrap().is_empty());
    // The document is as it was.
    assert_eq!(raw.as_str(), json.trim());
}

#[test]
fn texts_stand_in_the_arena() {
    let arena = Arena::new();
    let json = r#"["in the arena"]"#;
    let tree = RawJson::parse(json).unwrap().to_value(&arena).unwrap();
    let text = tree[0].as_str().unwrap().as_bytes().as_ptr_range();
    assert!(!json.as_bytes().as_ptr_range().contains(&text.start));
    assert!(arena.allocated_bytes() > json.len());
}

#[test]
fn the_limit_of_a_parser_is_no_limit_of_a_tree() {
    let arena = Arena::new();
    let mut parser = Options::new().max_arena_bytes(1000).parser::<JobResponse>();
    assert!(parser.parse(b"{}", &arena).is_err());
    let json = format!("\"{}\"", "x".repeat(2000));
    assert!(RawJson::parse(&json).unwrap().to_value(&arena).is_ok());
}

#[test]
fn the_deepest_nesting_that_is_json_here_becomes_a_tree_and_is_dropped() {
    let arena = Arena::new();
    let depth = usize::from(jobview::MAX_DEPTH);
    for (open, close) in [("[", "]"), (r#"{"":"#, "}")] {
        let text = format!("{}0{}", open.repeat(depth), close.repeat(depth));
        let tree = RawJson::parse(&text).unwrap().to_value(&arena).unwrap();
        let mut inside = 0;
        let mut value = &tree;
        while let Some(next) = value.get_idx(0).or_else(|| value.get("")) {
            (value, inside) = (next, inside + 1);
        }
        assert_eq!((inside, value.as_u64()), (depth, Some(0)));
        let deeper = format!("{open}{text}{close}");
        assert!(RawJson::parse(&deeper).is_err());
    }
}

#[test]
fn hostile_payloads_are_trees_or_errors() {
    let many = |item: &str, count: usize| format!("[{}]", vec![item; count].join(","));
    let names = |count| (0..count).map(|n| format!("\"{n}\":{n}")).collect::<Vec<_>>().join(",");
    for json in [
        "1e400".to_owned(),
        "-1e400".to_owned(),
        "18446744073709551616".to_owned(),
        "0.1e-999999999999999999999".to_owned(),
        "9".repeat(5000),
        format!("0.{}", "3".repeat(5000)),
        r#"{"a":1,"a":2}"#.to_owned(),
        r#""\u0000""#.to_owned(),
        format!("{{{}}}", names(3000)),
        many("[]", 10_000),
        many(r#""\\\"""#, 10_000),
        "\"\u{fffd}\u{10ffff}\"".to_owned(),
    ] {
        let arena = Arena::new();
        let raw = RawJson::parse(&json).unwrap();
        let (tree, oracle) =
            (raw.to_value(&arena), serde_json::from_str::<serde_json::Value>(&json));
        match tree {
            // Duplicates: simd-json has the first or the last of them.
            Ok(tree) if !json.contains("\"a\"") => {
                let read: serde_json::Value = serde_json::from_str(&tree.encode()).unwrap();
                assert_eq!(read, oracle.unwrap(), "{json}");
            }
            Ok(_) => {}
            Err(TreeError::Refused(error)) => {
                assert!(
                    json.starts_with(|c: char| c == '-' || c.is_ascii_digit()),
                    "{error}: {json}"
                );
            }
            Err(error) => panic!("there is memory: {error}"),
        }
    }
}
