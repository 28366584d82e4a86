//! Views of the documents of a shop, for tests: orders, carts and invoices. Together they use every feature of a
//! view.

use crate::__private::{
    Build, Choices, Document, Format, ListOf, Members, OtherText, Stored, Table, TableOf, Value,
    Within, choices_and_others_if_wanted, members, view,
};
use crate::RawJson;

/// The tables of all documents.
pub(crate) const TABLES: &[TableOf] = &[ORDER, ORDERS, INVOICES, ERRORS, REFERENCES];

pub(crate) const ORDER: TableOf = Table::of::<OrderResponse<'static>>;
pub(crate) const ORDERS: TableOf = Table::of::<OrderPage<'static>>;
pub(crate) const INVOICES: TableOf = Table::of::<InvoicePage<'static>>;
pub(crate) const ERRORS: TableOf = Table::of::<ErrorResponse<'static>>;
const REFERENCES: TableOf = Table::of::<ReferencePage<'static>>;

/// Declares kinds of documents that have one table.
macro_rules! documents {
    ($($document:ident: $table:expr,)*) => {$(
        impl Document for $document<'_> {
            type View<'a> = $document<'a>;
            type Builder = $document<'static>;
        }

        // SAFETY: the table is of this view.
        #[allow(unsafe_code)]
        unsafe impl<'d> Build<$document<'d>> for $document<'static> {
            const TABLES: &'static [TableOf] = &[$table];
        }
    )*};
}

documents! {
    OrderResponse: ORDER,
    OrderPage: ORDERS,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct OrderResponse<'a> {
    pub(crate) data: Order<'a>,
    links: Option<Links<'a>>,
    meta: Option<RawJson<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct OrderPage<'a> {
    pub(crate) data: &'a [Order<'a>],
    included: Option<&'a [Cart<'a>]>,
    links: Option<PageLinks<'a>>,
    meta: Option<RawJson<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct InvoicePage<'a> {
    data: &'a [Invoice<'a>],
    links: Option<PageLinks<'a>>,
    meta: Option<RawJson<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct ErrorResponse<'a> {
    errors: &'a [ErrorObject<'a>],
    meta: Option<RawJson<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct ReferencePage<'a> {
    data: &'a [Reference<'a>],
    links: Option<PageLinks<'a>>,
}

view!(OrderResponse<'static> { data, links, meta.nullable() });
view!(OrderPage<'static> { data, included, links, meta.nullable() });
view!(InvoicePage<'static> { data, links, meta.nullable() });
view!(ErrorResponse<'static> { errors, meta.nullable() });
view!(ReferencePage<'static> { data.list(CARTS), links });

/// The `type` of an order. Its spelling is at least two words long.
const WHOLESALE: &str = "wholesale-delivery-order-of-goods";

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Order<'a> {
    pub(crate) id: &'a str,
    attributes: OrderAttributes<'a>,
    relationships: Option<Relationships<'a>>,
    links: Links<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct OrderAttributes<'a> {
    status: Status<'a>,
    created_at: Time<'a>,
    total_count: i64,
    shipped_count: Option<i64>,
    returned_count: Option<i64>,
    shipped_at: Option<Time<'a>>,
    expires_at: Option<Time<'a>>,
    started_at: Option<Time<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Relationships<'a> {
    carts: Option<Relationship<'a>>,
    customers: Option<Relationship<'a>>,
    open_invoices: Option<InvoicesOfOrder<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Relationship<'a> {
    data: Option<&'a [Reference<'a>]>,
    links: Option<BothLinks<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct InvoicesOfOrder<'a> {
    data: Option<&'a [Reference<'a>]>,
    links: Option<RelatedLinks<'a>>,
}

view!(Order<'static> { "type": WHOLESALE, id, attributes, relationships, links });
view!(OrderAttributes<'static> {
    status,
    created_at,
    total_count,
    shipped_count.nullable(),
    returned_count.nullable(),
    shipped_at.nullable(),
    expires_at.nullable(),
    started_at.nullable(),
});
view!(Relationships<'static> {
    carts,
    customers.of(TO_CUSTOMERS),
    open_invoices("open-invoices"),
});
view!(Relationship<'static> { data.list(CARTS), links });
view!(InvoicesOfOrder<'static> { data.list(OPEN_INVOICES), links });

const TO_CUSTOMERS: Members<Relationship<'static>> =
    members!(Relationship<'static> { data.list(CUSTOMERS), links });

/// A reference to something by its identifier. The list says which type it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reference<'a> {
    pub(crate) id: &'a str,
}

view!(Reference<'static> { id });

/// Declares lists of references to a type.
macro_rules! lists {
    ($($lists:ident: $resource_type:literal,)*) => {
        $(pub(crate) const $lists: &ListOf<Reference<'static>> = {
            const MEMBERS: Members<Reference<'static>> =
                members!(Reference<'static> { "type": $resource_type, id });
            &ListOf::new(MEMBERS)
        };)*
    };
}

lists! {
    CARTS: "cart",
    CUSTOMERS: "customer",
    OPEN_INVOICES: "open-invoice",
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Cart<'a> {
    id: &'a str,
    attributes: Option<CartAttributes<'a>>,
    links: Option<Links<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct CartAttributes<'a> {
    name: Option<&'a str>,
    created: Option<Time<'a>>,
    updated: Option<Time<'a>>,
}

view!(Cart<'static> { "type": "cart", id, attributes, links });
view!(CartAttributes<'static> { name.nullable(), created.nullable(), updated.nullable() });

#[derive(Clone, Copy, Debug, PartialEq)]
struct Invoice<'a> {
    id: &'a str,
    attributes: InvoiceAttributes<'a>,
    links: Option<Links<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct InvoiceAttributes<'a> {
    code: &'a str,
    title: &'a str,
    detail: &'a str,
    source: Source<'a>,
    original_payload: Option<RawJson<'a>>,
}

view!(Invoice<'static> { "type": "open-invoice", id, attributes, links });
view!(InvoiceAttributes<'static> { code, title, detail, source, original_payload.nullable() });

#[derive(Clone, Copy, Debug, PartialEq)]
struct ErrorObject<'a> {
    id: Option<&'a str>,
    status: Option<i64>,
    code: Option<&'a str>,
    title: Option<&'a str>,
    detail: &'a str,
    source: Option<Source<'a>>,
    meta: Option<RawJson<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Source<'a> {
    pointer: Option<&'a str>,
    parameter: Option<&'a str>,
}

view!(ErrorObject<'static> {
    id.nullable(),
    status.nullable().or_text(),
    code.nullable(),
    title.nullable(),
    detail,
    source.nullable(),
    meta.nullable(),
});
view!(Source<'static> { pointer.nullable(), parameter.nullable() });

#[derive(Clone, Copy, Debug, PartialEq)]
struct Links<'a> {
    self_: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct BothLinks<'a> {
    self_: &'a str,
    related: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct RelatedLinks<'a> {
    related: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct PageLinks<'a> {
    self_: &'a str,
    first: Option<&'a str>,
    last: Option<&'a str>,
    prev: Option<&'a str>,
    next: Option<&'a str>,
}

view!(Links<'static> { self_("self") });
view!(BothLinks<'static> { self_("self"), related });
view!(RelatedLinks<'static> { related });
view!(PageLinks<'static> {
    self_("self"),
    first.nullable(),
    last.nullable(),
    prev.nullable(),
    next.nullable(),
});

/// A string with a format.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(transparent)]
pub(crate) struct Time<'a>(pub(crate) &'a str);

// SAFETY: the type is laid out as the string that it is made of, and `EMPTY` is a value like any that is written.
#[allow(unsafe_code)]
unsafe impl Stored for Time<'static> {
    type View = ();
    const VALUE: Value = {
        const FORMAT: &Format = &Format::new("a time", |text| text.contains(':'));
        Value::Formatted(FORMAT)
    };
    const EMPTY: Self = Time("");
}

/// A choice that keeps other strings if the options say so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Status<'a> {
    Cancelled,
    Complete,
    Processing,
    Queued,
    Other(&'a str),
}

impl Status<'static> {
    pub(crate) const ALL: [Self; 4] =
        [Self::Cancelled, Self::Complete, Self::Processing, Self::Queued];
    const NAMES: [&'static str; 4] = ["cancelled", "complete", "processing", "queued"];
}

// SAFETY: everything that is written is a status.
#[allow(unsafe_code)]
unsafe impl Stored for Status<'static> {
    type View = ();
    const VALUE: Value = {
        const CHOICES: &Choices = &choices_and_others_if_wanted(&Status::NAMES, &Status::ALL);
        Value::OneOf(CHOICES)
    };
    const EMPTY: Self = Status::Queued;
}

// SAFETY: `Static` is the same type with `'static`.
#[allow(unsafe_code)]
unsafe impl<'a> Within<'a> for Status<'a> {
    type Static = Status<'static>;
}

impl OtherText for Status<'static> {
    type In<'a> = Status<'a>;

    fn other(text: &str) -> Status<'_> {
        Status::Other(text)
    }
}
