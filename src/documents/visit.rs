//! From a kind that is known at run time to the type that reads it.

use super::*;
use gapwise::Document;

/// Code that works with the documents of any kind: see [`DocumentKind::visit`].
pub trait KindVisitor {
    /// The result of the visit.
    type Output;

    /// Works with the documents that `D` reads.
    ///
    /// ```
    /// use jobview::{Answer, Document, DocumentKind, KindVisitor};
    ///
    /// struct TypeName;
    ///
    /// impl KindVisitor for TypeName {
    ///     type Output = &'static str;
    ///
    ///     fn visit<D: Document + 'static>(self) -> &'static str
    ///     where
    ///         for<'a> D::View<'a>: Answer<'a>,
    ///     {
    ///         std::any::type_name::<D>()
    ///     }
    /// }
    ///
    /// assert!(DocumentKind::ImportErrors.visit(TypeName).contains("ImportErrorPage"));
    /// ```
    fn visit<D: Document + 'static>(self) -> Self::Output
    where
        for<'a> D::View<'a>: Answer<'a>;
}

/// Declares what reads documents of the kinds.
macro_rules! visits {
    (
        { $($kind:ident $document:ident $($sparse:ident)?;)* }
        $($bulk:ident $module:ident $type:literal $what:literal $stem:literal;)*
    ) => {
        impl DocumentKind {
            /// Calls the visitor with the type that reads documents of this kind only.
            ///
            /// ```
            /// use jobview::{Answer, Arena, Document, DocumentKind, KindVisitor, Parser};
            ///
            /// struct CountJobs<'i>(&'i [u8]);
            ///
            /// impl KindVisitor for CountJobs<'_> {
            ///     type Output = usize;
            ///
            ///     fn visit<D: Document + 'static>(self) -> usize
            ///     where
            ///         for<'a> D::View<'a>: Answer<'a>,
            ///     {
            ///         let arena = Arena::new();
            ///         let batch = Parser::<D>::new().parse_batch(self.0, &arena);
            ///         batch.documents().iter().map(|document| document.any_jobs().count()).sum()
            ///     }
            /// }
            ///
            /// let kind: DocumentKind = "catalog-item-bulk-create-job".parse()?;
            /// assert_eq!(kind.visit(CountJobs(br#"{"data": []} {"errors": []}"#)), 0);
            /// # Ok::<(), jobview::UnknownKind>(())
            /// ```
            pub fn visit<V: KindVisitor>(self, visitor: V) -> V::Output {
                match self {
                    $(Self::$kind => visitor.visit::<$document<'static>>(),)*
                    $(Self::$bulk => visitor.visit::<jobs::$module::JobDocument<'static>>(),)*
                }
            }

            /// Like [`visit`](Self::visit), for documents of which only some fields were requested. `None` if this kind
            /// has no such documents.
            ///
            /// ```
            /// # use jobview::{Answer, Arena, Document, KindVisitor, Parser};
            /// use jobview::DocumentKind;
            /// #
            /// # struct CountJobs<'i>(&'i [u8]);
            /// #
            /// # impl KindVisitor for CountJobs<'_> {
            /// #     type Output = usize;
            /// #
            /// #     fn visit<D: Document + 'static>(self) -> usize
            /// #     where
            /// #         for<'a> D::View<'a>: Answer<'a>,
            /// #     {
            /// #         let arena = Arena::new();
            /// #         let batch = Parser::<D>::new().parse_batch(self.0, &arena);
            /// #         batch.documents().iter().map(|document| document.any_jobs().count()).sum()
            /// #     }
            /// # }
            ///
            /// // Nobody asked for the attributes of the job.
            /// let json = br#"{"data": [{"type": "profile-bulk-import-job", "id": "a", "links": {"self": "/a"}}]}"#;
            /// assert_eq!(DocumentKind::Page.visit_sparse(CountJobs(json)), Some(1));
            /// assert_eq!(DocumentKind::Page.visit(CountJobs(json)), 0);
            /// assert_eq!(DocumentKind::Errors.visit_sparse(CountJobs(json)), None);
            /// ```
            pub fn visit_sparse<V: KindVisitor>(self, visitor: V) -> Option<V::Output> {
                match self {
                    $($(Self::$kind => Some(visitor.visit::<$sparse<'static>>()),)?)*
                    $(
                        Self::$bulk => {
                            Some(visitor.visit::<jobs::$module::SparseJobDocument<'static>>())
                        }
                    )*
                    _ => None,
                }
            }
        }
    };
}

with_bulk_jobs!(visits! {
    Response JobResponse;
    Compound JobCompound SparseJobCompound;
    Page JobPage SparseJobPage;
    ImportErrors ImportErrorPage SparseImportErrorPage;
    Identifiers IdentifierPage;
    Errors ErrorResponse;
});
