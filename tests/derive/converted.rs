//! Types of which more is said than serde's attributes can, and what serde is told instead.

pub(crate) mod views {
    use gapwise_derive::View;

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    pub(crate) struct Resource<'a> {
        #[view(constant = "job-of-a-name-that-is-long", rename = "type")]
        kind: (),
        id: &'a str,
        #[view(constant = "")]
        version: (),
        count: Option<i64>,
        profiles: &'a [Profile<'a>],
    }

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    pub(crate) struct Profile<'a> {
        #[view(constant = "profile", rename = "type")]
        kind: (),
        id: &'a str,
    }
}

#[expect(dead_code, reason = "values are but shown")]
pub(crate) mod owned {
    use serde::Deserialize;
    use std::borrow::Cow;
    use std::fmt;

    /// Declares the only text that a member may be.
    macro_rules! constants {
        ($($name:ident: $text:literal,)*) => {$(
            #[derive(Deserialize)]
            enum $name {
                #[serde(rename = $text)]
                It,
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("()")
                }
            }
        )*};
    }

    constants! {
        OfJob: "job-of-a-name-that-is-long",
        OfVersion: "",
        OfProfile: "profile",
    }

    #[derive(Debug, Deserialize)]
    pub(crate) struct Resource<'a> {
        #[serde(rename = "type")]
        kind: OfJob,
        id: Cow<'a, str>,
        version: OfVersion,
        count: Option<i64>,
        profiles: Vec<Profile<'a>>,
    }

    #[derive(Debug, Deserialize)]
    pub(crate) struct Profile<'a> {
        #[serde(rename = "type")]
        kind: OfProfile,
        id: Cow<'a, str>,
    }
}
