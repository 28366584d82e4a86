//! `GetProfileImportJobListRelationshipsResponseCollection`, and the same for profiles and import errors: a page of
//! resource identifiers.

use super::ArenaFull;
use super::document::{Build, Document, Form, Look};
use super::table::Table;
use super::values::Values;
use super::view::{Members, members, view};
use crate::model::{DocumentKind, IdentifierPage, ResourceType};
use bumpalo::Bump;
use std::convert::Infallible;

// A page of lists.
view!(IdentifierPage<'static> { data.list("list"), links, meta.nullable(), ; resource_type: None });

/// A page of identifiers of one type.
struct Page<const TYPE: usize>;

impl<const TYPE: usize> Page<TYPE> {
    const MEMBERS: Members<IdentifierPage<'static>> = members!(IdentifierPage<'static> {
        data.list(["list", "profile", "import-error"][TYPE]),
        links,
        meta.nullable(),
    });
    const TABLE: Table = Table::with(Self::MEMBERS);
}

/// In the order of [`ResourceType::ALL`].
pub(super) static TABLES: [Table; 3] = [Page::<0>::TABLE, Page::<1>::TABLE, Page::<2>::TABLE];

impl Document for IdentifierPage<'static> {
    type View<'a> = IdentifierPage<'a>;
    type Job<'a> = Infallible;
    type Builder = Self;
}

impl IdentifierPage<'_> {
    /// A page by one of the tables knows its type, if there is anything of it.
    pub(super) fn of_table(self, table: usize) -> Self {
        let resource_type = (!self.data.is_empty()).then_some(ResourceType::ALL[table]);
        Self { resource_type, ..self }
    }
}

// SAFETY: all tables are of this view, and what it has besides is put right.
#[allow(unsafe_code)]
unsafe impl Build<Self> for IdentifierPage<'static> {
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

    #[allow(unsafe_code)]
    unsafe fn view<'a>(
        table: usize,
        values: &mut Values<'a>,
        arena: &'a Bump,
    ) -> Result<&'a IdentifierPage<'a>, ArenaFull> {
        // SAFETY: the caller's promise; all three tables are of such views.
        let page: &mut IdentifierPage<'a> = unsafe { values.take_view(arena) }?;
        *page = page.of_table(table);
        Ok(page)
    }

    fn jobs<'a>(_: &'a IdentifierPage<'a>) -> &'a [Infallible] {
        &[]
    }
}
