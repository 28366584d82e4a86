//! The bulk jobs that import no profiles: each kind is read as it is declared, told from all others, and said to be what it is.

use crate::kinds::parsed;
use crate::peers::Peers;
use crate::samples::{self, SORTS, Sort, with_every_sort};
use jobview::{
    Answer, Arena, Document, DocumentKind, ErrorKind, JobDocument, JobPage, JobResponse, JobStatus,
    KindVisitor, Options, Parser, jobs, sparse::JobDocument as SparseJobDocument, views::AnyJob,
};
use std::collections::HashSet;

#[test]
fn every_sort_of_jobs_is_in_this_list() {
    let kinds = SORTS.iter().map(|sort| sort.kind);
    assert!(kinds.eq(DocumentKind::ALL.into_iter().skip(samples::documents().len())));
}

/// Whether an answer has in it what was written.
fn check<'a>(sort: &Sort, answer: &impl Answer<'a>, jobs: usize) {
    assert_eq!(answer.kind(), sort.kind);
    let found: Vec<AnyJob<'_>> = answer.any_jobs().collect();
    assert_eq!(found.len(), jobs);
    for job in found {
        assert_eq!((job.resource_type, job.id), (sort.kind.as_str(), "j"));
        let attributes = job.attributes;
        assert_eq!(attributes.status, Some(JobStatus::Complete));
        assert_eq!(attributes.created_at.unwrap().as_str(), "2026-09-04T13:40:00+00:00");
        assert_eq!((attributes.total_count, attributes.completed_count), (Some(5), Some(3)));
        assert_eq!((attributes.started_at, attributes.completed_at), (None, None));
        let expires = attributes.expires_at.map(|time| time.as_str());
        let (failed, skipped) = (attributes.failed_count, attributes.skipped_count);
        match sort.is_suppression() {
            true => assert_eq!((failed, skipped, expires), (None, Some(1), None)),
            false => assert_eq!((failed, skipped, expires), (Some(2), None, Some("x"))),
        }
        let errors = attributes.errors.map(|errors| errors[0].source.pointer);
        assert_eq!(errors, (!sort.is_suppression()).then_some(Some("/data")));
        let related = job.related;
        let counts = [
            ("lists", related.lists.map_or(0, <[_]>::len)),
            ("segments", related.segments.map_or(0, <[_]>::len)),
            ("profiles", related.profiles.map_or(0, <[_]>::len)),
            ("import-errors", related.import_errors.map_or(0, <[_]>::len)),
            ("items", related.items.map_or(0, <[_]>::len)),
            ("variants", related.variants.map_or(0, <[_]>::len)),
            ("categories", related.categories.map_or(0, <[_]>::len)),
            ("coupon-codes", related.coupon_codes.map_or(0, <[_]>::len)),
        ];
        for (name, count) in counts {
            let is_related = sort.related.iter().any(|(related, _)| *related == name);
            assert_eq!(count, if is_related { 2 } else { 0 }, "{name}");
        }
    }
    let included = answer.included();
    let counts = [
        ("catalog-item", included.items.len()),
        ("catalog-variant", included.variants.len()),
        ("catalog-category", included.categories.len()),
        ("coupon-code", included.coupon_codes.len()),
        ("list", included.lists.len()),
    ];
    for (of, count) in counts {
        let is_included = sort.included.is_some() && sort.related[0].1 == of;
        assert_eq!(count, if is_included { 2 } else { 0 }, "{of}");
    }
    assert_eq!((answer.errors().len(), answer.import_errors().count()), (0, 0));
    assert!(answer.identifiers().is_none());
    assert_eq!(answer.next(), (jobs > 1).then_some("n"));
}

macro_rules! each_is_read {
    ($($kind:ident $module:ident $related:ident $included:expr;)*) => {
        #[test]
        fn every_sort_is_read_by_its_kind_and_by_any() {
            for sort in SORTS {
                let (response, page) = (sort.response(), sort.page());
                match sort.kind {
                    $(DocumentKind::$kind => {
                        use jobs::$module::*;
                        parsed::<JobResponse<'static>>(&response, |view| check(sort, view, 1));
                        parsed::<SparseJobResponse<'static>>(&response, |view| check(sort, view, 1));
                        parsed::<JobPage<'static>>(&page, |view| check(sort, view, 2));
                        parsed::<SparseJobPage<'static>>(&page, |view| check(sort, view, 2));
                        for (text, jobs) in [(&response, 1), (&page, 2)] {
                            parsed::<JobDocument<'static>>(text, |view| check(sort, view, jobs));
                            parsed::<SparseJobDocument<'static>>(text, |view| check(sort, view, jobs));
                        }
                    })*
                    _ => unreachable!(),
                }
                for (text, jobs) in [(&response, 1), (&page, 2)] {
                    parsed::<JobDocument<'static>>(text, |view| check(sort, view, jobs));
                    parsed::<SparseJobDocument<'static>>(text, |view| check(sort, view, jobs));
                }
            }
        }
    };
}

with_every_sort!(each_is_read);

#[test]
fn what_is_included_has_the_values_that_were_written() {
    let arena = Arena::new();
    let texts: Vec<_> = SORTS.iter().map(|sort| (sort.kind, sort.response())).collect();
    let included = |kind| {
        let (_, text) = texts.iter().find(|(of, _)| *of == kind).unwrap();
        Parser::<JobDocument>::new().parse(text.as_bytes(), &arena).unwrap().included()
    };
    let items = included(DocumentKind::CatalogItemBulkUpdateJob).items;
    let item = items[0].attributes.unwrap();
    assert_eq!((item.title, item.price, item.published), (Some("Hat\n"), Some(19.99), Some(true)));
    assert_eq!((item.images, item.image_full_url), (Some(&["i", "j"][..]), None));
    let metadata = item.custom_metadata.unwrap();
    let metadata: Vec<_> = metadata.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(metadata, [("size", "[1,2]"), ("size", "\"L\"")]);
    assert_eq!((items[1].id, items[1].attributes, items[1].links), ("b", None, None));
    let variant = included(DocumentKind::CatalogVariantBulkCreateJob).variants[0];
    let attributes = variant.attributes.unwrap();
    assert_eq!((attributes.sku, attributes.inventory_policy), (Some("H"), Some(1)));
    assert_eq!((attributes.inventory_quantity, attributes.price), (Some(-25.0), None));
    let category = included(DocumentKind::CatalogCategoryBulkCreateJob).categories[0];
    assert_eq!(category.attributes.unwrap().name, Some("Hats"));
    let code = included(DocumentKind::CouponCodeBulkCreateJob).coupon_codes[0].attributes.unwrap();
    assert_eq!(code.status, Some(jobview::views::CouponCodeStatus::Used));
}

#[test]
fn what_was_not_asked_for_is_none() {
    for sort in SORTS {
        let page = format!(r#"{{"data":[{},{}]}}"#, sort.bare_job(), sort.job());
        parsed::<SparseJobDocument>(&page, |document| {
            let bare = document.any_job(0).unwrap();
            assert_eq!((bare.id, bare.attributes), ("k", Default::default()));
            assert_eq!(bare.related, Default::default());
            assert_eq!(document.any_job(1).unwrap().attributes.total_count, Some(5));
        });
        let mut parser = Parser::<JobDocument>::new();
        let error = parser.parse(page.as_bytes(), &Arena::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MissingMember);
        assert_eq!(error.pointer(), "/data/0/attributes");
    }
}

#[test]
fn empty_pages_are_told_by_their_links() {
    for sort in SORTS {
        for rest in ["", "/", "?page%5Bsize%5D=10", "#x"] {
            let url = format!("https://a.klaviyo.com/api/{}s{rest}", sort.kind);
            let text = format!(r#"{{"links":{{"self":"{url}"}},"data":[]}}"#);
            parsed::<JobDocument>(&text, |document| assert_eq!(document.kind(), sort.kind));
        }
    }
}

/// The error of a document, read by the kind that was asked for.
struct ErrorOf<'t>(&'t str);

impl KindVisitor for ErrorOf<'_> {
    type Output = Option<(ErrorKind, String)>;

    fn visit<D: Document + 'static>(self) -> Self::Output
    where
        for<'a> D::View<'a>: Answer<'a>,
    {
        error::<D>(self.0)
    }
}

fn error<D: Document>(text: &str) -> Option<(ErrorKind, String)> {
    let arena = Arena::new();
    let error = Parser::<D>::new().parse(text.as_bytes(), &arena).err()?;
    Some((error.kind(), error.message().to_owned()))
}

#[test]
fn another_kind_than_was_asked_for_is_an_error_that_names_both() {
    let mut messages = HashSet::new();
    for asked in DocumentKind::ALL {
        for sort in SORTS {
            for text in [sort.response(), sort.page()] {
                let error = asked.visit(ErrorOf(&text));
                if asked == sort.kind {
                    assert_eq!(error, None);
                } else {
                    let (kind, message) = error.unwrap();
                    assert_eq!(kind, ErrorKind::WrongKind, "{asked}: {text}: {message}");
                    messages.insert(message);
                }
            }
        }
    }
    assert_eq!(messages.len(), SORTS.len() * 2 * (DocumentKind::ALL.len() - 1));
    let text = SORTS[0].response();
    let says = |error: Option<(ErrorKind, String)>, expected: &str| {
        assert_eq!(error, Some((ErrorKind::WrongKind, expected.to_owned())));
    };
    says(
        error::<JobResponse>(&text),
        "expected the response about one job, found one job to create catalog items",
    );
    says(error::<JobPage>(&text), "expected a page of jobs, found one job to create catalog items");
    use jobs::catalog_item_bulk_create_job as create;
    says(
        error::<create::JobPage>(&text),
        "expected a page of jobs to create catalog items, found one job to create catalog items",
    );
    says(
        error::<create::JobResponse>(&SORTS[0].page()),
        "expected one job to create catalog items, found a page of jobs to create catalog items",
    );
    says(
        error::<create::JobDocument>(&SORTS[1].page()),
        "expected jobs to create catalog items, found a page of jobs to update catalog items",
    );
    for (kind, text) in samples::documents() {
        let (found, message) = error::<create::JobDocument>(&text).unwrap();
        assert_eq!(found, ErrorKind::WrongKind, "{kind}: {message}");
    }
    // One job of another sort in a page of its own is wrong, as is one of no sort at all.
    let mixed = format!(r#"{{"data":[{},{}]}}"#, SORTS[0].job(), SORTS[1].job());
    assert_eq!(error::<JobDocument>(&mixed).unwrap().0, ErrorKind::WrongConstant);
    let unknown = text.replace("catalog-item-bulk-create-job", "campaign-send-job");
    assert_eq!(error::<JobDocument>(&unknown).unwrap().0, ErrorKind::WrongConstant);
}

#[test]
fn kinds_are_told_wherever_the_type_stands() {
    for sort in SORTS {
        let kind = sort.kind;
        let attributes = sort.attributes();
        for text in [
            format!(
                r#"{{"links":{{"self":"d"}},"data":{{"links":{{"self":"l"}},"attributes":{attributes},"id":"j","type":"{kind}"}}}}"#
            ),
            format!(
                "{{\n  \"data\" : [\n    {{\n      \"id\" : \"j\", \"attributes\" : {attributes}, \"links\":{{\"self\":\"l\"}},\
                 \"type\":\"{}\" }}] }}",
                kind.as_str().replace('-', "\\u002d")
            ),
        ] {
            parsed::<JobDocument>(&text, |document| assert_eq!(document.kind(), kind, "{text}"));
        }
    }
}

#[test]
fn whatever_is_changed_in_a_document_all_parsers_agree() {
    for sort in [&SORTS[0], &SORTS[3], &SORTS[10]] {
        let text = sort.response();
        let mut peers = Peers::<JobDocument>::of(Options::new()).taught("it", [text.as_bytes(); 3]);
        let mut changed = text.clone().into_bytes();
        for place in 0..changed.len() {
            let bytes = b"\"\\{}[],:0n \n\xff".iter().cycle().skip(5 * place).take(2);
            for &byte in bytes {
                let before = std::mem::replace(&mut changed[place], byte);
                peers.parse(&changed);
                changed[place] = before;
            }
        }
    }
}
