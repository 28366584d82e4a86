//! `GetProfileImportJobListRelationshipsResponseCollection`, and the same for profiles and import errors: a page of
//! resource identifiers.

use super::form::{Form, another_than};
use crate::model::{DocumentKind, IdentifierPage, ResourceIdentifier, ResourceType};
use gapwise::__private::{
    ArenaFull, Build, Document, ListOf, Look, Members, Table, TableOf, Values, members, view,
};
use gapwise::Bump;

view!(ResourceIdentifier<'static> { id });

/// Declares lists of resource identifiers of a type.
macro_rules! lists {
    ($($lists:ident: $resource_type:literal,)*) => {
        $(pub(super) const $lists: &ListOf<ResourceIdentifier<'static>> = {
            const MEMBERS: Members<ResourceIdentifier<'static>> =
                members!(ResourceIdentifier<'static> { "type": $resource_type, id });
            &ListOf::new(MEMBERS)
        };)*
    };
}

lists! {
    LISTS: "list",
    PROFILES: "profile",
    IMPORT_ERRORS: "import-error",
}

// A page of lists.
view!(IdentifierPage<'static> { data.list(LISTS), links, meta.nullable(), ; resource_type: None });

/// A page of identifiers of one type.
struct Page<const TYPE: usize>;

impl<const TYPE: usize> Page<TYPE> {
    const MEMBERS: Members<IdentifierPage<'static>> = members!(IdentifierPage<'static> {
        // In the order of `ResourceType::ALL`.
        data.list([LISTS, PROFILES, IMPORT_ERRORS][TYPE]),
        links,
        meta.nullable(),
    });

    fn table() -> &'static Table {
        Table::with::<Self, _>(Self::MEMBERS)
    }
}

impl Document for IdentifierPage<'static> {
    type View<'a> = IdentifierPage<'a>;
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
    const TABLES: &'static [TableOf] = &[Page::<0>::table, Page::<1>::table, Page::<2>::table];

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

    fn another_kind(look: &impl Look) -> Option<[&'static str; 2]> {
        another_than(&[DocumentKind::Identifiers], look)
    }
}
