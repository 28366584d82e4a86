//! Any bytes: the parser and the model built on serde_json come to the same verdict and the same values.

use super::model;
use jobview::{Arena, Category, JobResponse, Parser};

pub(crate) fn check(json: &[u8]) {
    let arena = Arena::new();
    let parsed =
        Parser::<JobResponse>::new().parse(json, &arena).map(|response| response.into_owned());
    match (parsed, model::read(json)) {
        (Ok(parsed), Ok(expected)) => assert_eq!(parsed, expected),
        (Ok(_), Err(category)) => panic!("accepted what breaks {category:?}"),
        (Err(error), Ok(_)) => panic!("rejected what is valid: {error}"),
        // The parser reports what comes first, the model syntax before all.
        (Err(error), Err(category)) => {
            assert!(error.category() == category || category == Category::Syntax, "{error}");
        }
    }
}
