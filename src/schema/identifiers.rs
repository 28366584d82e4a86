//! `GetProfileImportJobListRelationshipsResponseCollection`, and the same for profiles and import errors: a page of
//! resource identifiers.

use super::document::{Build, Document, Form, Look};
use super::job;
use super::links::{PAGE_LINKS, PageLinksSlots};
use super::table::{Slot, Table};
use super::{Fieldset, Member, Value, Values, nullable, optional, required};
use crate::model::{DocumentKind, IdentifierPage, RawJson, ResourceType};
use std::convert::Infallible;

/// A page of identifiers of one type.
struct Page<const TYPE: usize>;

impl<const TYPE: usize> Page<TYPE> {
    const ITEM: &[Member] = [job::LIST, job::PROFILE, job::IMPORT_ERROR][TYPE];
    const DOCUMENT: Value = Value::Object(&[
        required("data", Value::List(Self::ITEM)),
        optional("links", PAGE_LINKS),
        nullable("meta", Value::Any),
    ]);
    const TABLE: Table = Table::lay(&Self::DOCUMENT, Fieldset::Full);
}

/// In the order of [`ResourceType::ALL`].
pub(super) static TABLES: [Table; 3] = [Page::<0>::TABLE, Page::<1>::TABLE, Page::<2>::TABLE];

impl Document for IdentifierPage<'static> {
    type View<'a> = IdentifierPage<'a>;
    type Job<'a> = Infallible;
    type Builder = Self;
}

impl Build<Self> for IdentifierPage<'static> {
    const TABLES: &'static [&'static Table] = &[&TABLES[0], &TABLES[1], &TABLES[2]];
    const KINDS: &'static [DocumentKind] = &[DocumentKind::Identifiers];

    fn table(look: &impl Look) -> usize {
        match Form::of(look) {
            Some(Form::Identifiers(resource_type)) => resource_type as usize,
            // They have attributes, which nobody asked for.
            Some(Form::ImportErrors) => ResourceType::ImportError as usize,
            _ => 0,
        }
    }

    fn view<'a>(table: usize, values: &mut Values<'a>) -> IdentifierPage<'a> {
        // Slots are the same in all three.
        const DATA: Slot = TABLES[0].slot("/data");
        const ID: Slot = TABLES[0].slot("/data/*/id");
        const LINKS: PageLinksSlots = PageLinksSlots::of(&TABLES[0]);
        const META: Slot = TABLES[0].slot("/meta");
        let data = values.list(DATA, ID).unwrap_or_default();
        IdentifierPage {
            resource_type: (!data.is_empty()).then_some(ResourceType::ALL[table]),
            data,
            links: LINKS.view(values),
            meta: values.maybe_text(META).map(RawJson::new),
        }
    }

    fn jobs<'a>(_: &'a IdentifierPage<'a>) -> &'a [Infallible] {
        &[]
    }
}
