//! Rows are what documents say: compared with a second reading of the JSON, in each version of Arrow.
//!
//! [`oracle`] reads documents with serde_json and says which rows they make. `values.rs` takes rows out of record batches.

mod oracle;
mod reader;
mod rows;
mod views;

/// The values of record batches, for one version of Arrow.
macro_rules! values_of {
    ($($module:ident $array:ident;)*) => {$(
        mod $module {
            use $array as arrow_array;

            include!("values.rs");
        }
    )*};
}

values_of! {
    arrow_58 arrow_array_58;
    arrow_59 arrow_array_59;
    arrow_60 arrow_array_60;
}
